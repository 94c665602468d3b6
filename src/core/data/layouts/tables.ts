/**
 * Condition averages and trials as tables, told by the names of their columns:
 *
 *   long   neuron, time, condition, trial, rate: one number a row
 *   wide   time, condition, trial, one column per neuron: one time of one condition, or trial of it, a row
 *
 * Without a column of conditions there is one; trials are averaged over.
 */
import type { FileValue } from '../formats/format.ts';
import type { Content, Layout } from './layout.ts';
import { roleOf, rolesIn, tableOf } from './tableColumns.ts';
import type { Role, TableColumn } from './tableColumns.ts';
import { contentOfTable } from './tableContent.ts';
import type { TableRoles } from './tableContent.ts';

const has = (value: FileValue, ...roles: Role[]): boolean => {
  const found = (tableOf(value) ?? []).map(({ name }) => roleOf(name));
  return roles.every((role) => found.includes(role));
};

export const longTable: Layout = {
  id: 'table-long',
  recognises: (value) => has(value, 'neuron', 'time', 'rate'),
  toContent(value, fileName) {
    const roles = rolesIn(tableOf(value)!, fileName);
    return content({ ...common(roles), rates: { neuron: roles.get('neuron')!, rate: roles.get('rate')! } }, fileName);
  },
};

export const wideTable: Layout = {
  id: 'table-wide',
  recognises: (value) => has(value, 'time') && !has(value, 'neuron'),
  toContent(value, fileName) {
    const columns = tableOf(value)!;
    // any names may be those of neurons; only these columns are something else
    const roles = rolesIn(
      columns.filter(({ name }) => ['time', 'condition', 'trial', 'index'].includes(roleOf(name) ?? '')),
      fileName,
    );
    const rates = columns.filter((column) => ![...roles.values()].includes(column));
    return content({ ...common(roles), rates }, fileName);
  },
};

function common(roles: ReadonlyMap<Role, TableColumn>): Omit<TableRoles, 'rates'> {
  const condition = roles.get('condition');
  const conditions = condition ? [condition] : [];
  return { time: roles.get('time')!, timeUnit: null, conditions, trial: roles.get('trial') ?? null };
}

/** A column of trials that says the same in every row tells nothing apart. */
function content(roles: TableRoles, fileName: string): Content {
  const several = roles.trial && new Set<unknown>(roles.trial.cells).size > 1;
  return {
    name: fileName.replace(/\.[^.]*$/, ''),
    alignment: 'alignment event',
    ...contentOfTable(several ? roles : { ...roles, trial: null }, undefined, fileName),
  };
}
