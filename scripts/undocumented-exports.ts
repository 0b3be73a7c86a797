import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/**
 * Names that an entry of a package exports without TSDoc. Entries re-export by name from the files that declare, so their syntax tells
 * all that is needed.
 *
 * @param entry path of a TypeScript file
 * @throws Error for `export *`, whose names no file says
 */
export function undocumentedExports(entry: string): readonly string[] {
  return read(entry).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return undocumented(statement);
    const { exportClause, moduleSpecifier } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause))
      throw new Error(`${entry} exports everything of a file: name what it exports.`);
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return [];
    const source = read(join(dirname(entry), moduleSpecifier.text));
    const bare = new Set(source.statements.flatMap(undocumented));
    return exportClause.elements
      .map(({ name, propertyName }) => (propertyName ?? name).text)
      .filter((name) => bare.has(name));
  });
}

const read = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);

/** What a statement exports, when nothing is said of it. */
function undocumented(statement: ts.Statement): readonly string[] {
  const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(isExportKeyword);
  if (!isExported || ts.getJSDocCommentsAndTags(statement).some(ts.isJSDoc)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.text];
}

const isExportKeyword = ({ kind }: ts.ModifierLike): boolean => kind === ts.SyntaxKind.ExportKeyword;
