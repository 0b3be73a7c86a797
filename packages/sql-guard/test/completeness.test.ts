import { describe, expect, it } from 'vitest';
import { grammar, grammarEnumValues } from '../src/grammar.ts';
import {
  alterTableForms,
  optionalObjects,
  refusedAlterTableForms,
  statementRules,
  structureObjects,
} from '../src/modes.ts';
import { adminNodes, nodeVersions, readOnlyNodes, standardNodes } from '../src/nodes.ts';
import { analysisFields, refusedFields, refusedNodes } from '../src/refused-nodes.ts';

const tables = [readOnlyNodes, standardNodes, adminNodes];
const accepted = new Set(tables.flatMap((table) => Object.keys(table)));
const refused = refusedNodes.flatMap(({ nodes }) => nodes.split(/\s+/));
const fieldsOfRow = (row: string | undefined) => (row ?? '').split(' ').map((entry) => entry.split(/[=+]/)[0] ?? '');

describe('the classification of the grammar', () => {
  it('names every node of the pinned grammar exactly once: accepted by some mode, or refused with a reason', () => {
    for (const node of grammar.keys()) {
      expect([accepted.has(node), refused.includes(node)].filter(Boolean), node).toHaveLength(1);
    }
    expect(new Set(refused).size).toBe(refused.length);
  });

  it('names no node and no field that the grammar does not have', () => {
    for (const node of [...accepted, ...refused]) expect(grammar.has(node), node).toBe(true);
    for (const table of tables) {
      for (const [node, row] of Object.entries(table)) {
        for (const field of fieldsOfRow(row))
          if (field !== '') expect(grammar.get(node)?.has(field), `${node}.${field}`).toBe(true);
      }
    }
    for (const [node, fields] of Object.entries(refusedFields)) {
      for (const field of Object.keys(fields)) expect(grammar.get(node)?.has(field), `${node}.${field}`).toBe(true);
    }
    for (const [node, fields] of Object.entries(analysisFields)) {
      for (const field of fields.split(' ')) expect(grammar.get(node)?.has(field), `${node}.${field}`).toBe(true);
    }
  });

  it('names every field of every accepted node exactly once: accepted by some mode, refused, or filled by analysis only', () => {
    for (const node of accepted) {
      for (const field of grammar.get(node)?.keys() ?? []) {
        const places = [
          ...tables.map((table) => fieldsOfRow(table[node]).includes(field)),
          refusedFields[node]?.[field] !== undefined,
          (analysisFields[node] ?? '').split(' ').includes(field),
        ].filter(Boolean);
        expect(places, `${node}.${field}`).toHaveLength(1);
      }
    }
  });

  it('gives every statement of a mode a row, and every statement row a node', () => {
    for (const node of accepted)
      if (node.endsWith('Stmt') && node !== 'ReturnStmt' && node !== 'ReplicaIdentityStmt')
        expect(statementRules[node], node).toBeDefined();
    for (const node of Object.keys(statementRules)) expect(accepted.has(node), node).toBe(true);
    for (const node of Object.keys(nodeVersions)) expect(accepted.has(node), node).toBe(true);
  });

  it('spells the forms of ALTER TABLE and the kinds of objects as the grammar does', () => {
    for (const form of Object.keys({ ...alterTableForms, ...refusedAlterTableForms }))
      expect(grammarEnumValues.get('AlterTableType')?.has(form), form).toBe(true);
    for (const kind of [...structureObjects, ...Object.keys(optionalObjects)])
      expect(grammarEnumValues.get('ObjectType')?.has(kind), kind).toBe(true);
  });

  it('accepts in read-only mode none of the statements that change something', () => {
    for (const node of Object.keys(readOnlyNodes).filter((name) => name.endsWith('Stmt')))
      expect(statementRules[node]?.readOnly, node).toBe(true);
  });
});
