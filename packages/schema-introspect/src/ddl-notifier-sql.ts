import { checkOptions } from './check-options.ts';
import { IntrospectionError } from './errors.ts';
import { qualifiedName, quoteIdentifier } from './names.ts';

/** Where the notifier lives and what it says. */
export interface DdlNotifierOptions {
  /** Schema of the function; it must exist. Default `public`. */
  readonly schema?: string;
  /** Channel of the notifications, and the beginning of the names of what is created: at most 55 characters. Default `pgmcp_ddl`. */
  readonly channel?: string;
}

/** Default channel of DDL notifications. */
export const DDL_CHANNEL = 'pgmcp_ddl';

/**
 * SQL that makes the database say when its structure changes: a function and two event triggers that send an empty
 * notification with the commit of any DDL but that on temporary objects. Creating event triggers takes a superuser (or
 * the provider's stand-in for one), so this is a script for an administrator, to be run once; running it again is safe.
 *
 * The function does nothing but `pg_notify`, with a search path of its own, and cannot make DDL fail.
 *
 * @throws IntrospectionError `INVALID_OPTIONS`
 * @see https://www.postgresql.org/docs/current/event-triggers.html
 */
export function ddlNotifierSql(options: DdlNotifierOptions = {}): string {
  checkOptions('ddlNotifierSql()', options, ['schema', 'channel']);
  const { schema = 'public', channel = DDL_CHANNEL } = options;
  // PostgreSQL cuts names at 63 bytes: both triggers would have one name, and the second would replace the first.
  if (!/^[a-z_][a-z0-9_]{0,54}$/.test(channel)) {
    throw new IntrospectionError(
      'INVALID_OPTIONS',
      'The channel must be 1 to 55 lower-case letters, digits and underscores: names made of it have room for 63.',
    );
  }
  const command = quoteIdentifier(`${channel}_command`);
  const drop = quoteIdentifier(`${channel}_drop`);
  const target = qualifiedName(schema, `${channel}_notify`);
  return `create or replace function ${target}() returns event_trigger
  language plpgsql set search_path = pg_catalog as $notify$
begin
  if tg_event = 'sql_drop' then
    perform pg_notify('${channel}', '') where exists (select from pg_event_trigger_dropped_objects() where not is_temporary);
  else
    perform pg_notify('${channel}', '') where exists (
      select from pg_event_trigger_ddl_commands() where schema_name is null or schema_name not like 'pg\\_temp%');
  end if;
exception when others then
  raise warning 'schema change was not announced: %', sqlerrm;
end
$notify$;
drop event trigger if exists ${command};
create event trigger ${command} on ddl_command_end execute function ${target}();
drop event trigger if exists ${drop};
create event trigger ${drop} on sql_drop execute function ${target}();
`;
}
