import { type Fields, isFields } from './tree.ts';

/** True for a literal that holds what the grammar says, and nothing else. Zero, false and the empty string are printed without a value. */
export function isPlainConstant(fields: Fields): boolean {
  for (const key in fields) {
    const value = fields[key];
    let type: 'number' | 'string' | 'boolean';
    switch (key) {
      case 'location':
        if (typeof value !== 'number') return false;
        continue;
      case 'isnull':
        if (typeof value !== 'boolean') return false;
        continue;
      case 'sval':
      case 'fval':
      case 'bsval':
        type = 'string';
        break;
      case 'ival':
        type = 'number';
        break;
      case 'boolval':
        type = 'boolean';
        break;
      default:
        return false;
    }
    if (!isFields(value)) return false;
    for (const inner in value) if (inner !== key || typeof value[inner] !== type) return false;
  }
  return true;
}
