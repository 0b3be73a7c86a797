import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { callerKey } from '../src/call.ts';
import { startCall } from '../src/start-call.ts';
import { startInProcess } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });
const settings = () => ({ PG_MCP_DATABASE_NAME: 'retail', PG_MCP_DATABASE_URL: database.url });

describe('examples of callers', () => {
  const caller = (id: string, tenant?: string) => ({
    id,
    scopes: 'all' as const,
    ...(tenant !== undefined && { tenant }),
  });
  const example = {
    question: 'How many refunds?',
    sql: 'SELECT count(*) FROM retail.payments',
    maskedQuestion: 'how many refunds',
    skeleton: 'SELECT count(*) FROM retail.payments',
    tables: [],
    verifiedBy: 'Ann',
  };
  const query = { question: example.question, maskedQuestion: example.maskedQuestion, limit: 3 };
  const callOf = (who: ReturnType<typeof caller>) =>
    startCall({ tool: 'query', caller: who, signal: new AbortController().signal, progress: () => undefined }).call;

  it('are seen by the callers of their tenant, by nobody else, and shared ones by all', async () => {
    const { services } = await startInProcess(settings());
    const retail = services.databases.resolve('retail');
    const { examples } = services;
    await examples.save(retail, caller('1', 'a'), 'own', example);
    await examples.save(retail, caller('9'), 'own', { ...example, question: 'Mine?' });
    const seen = async (who: ReturnType<typeof caller>) =>
      (await examples.list(retail, who, 'own')).map(({ question }) => question);
    expect(await seen(caller('2', 'a'))).toEqual(['How many refunds?']);
    expect(await seen(caller('1', 'b'))).toEqual([]);
    expect(await seen(caller('a'))).toEqual([]);
    expect(await seen(caller('9'))).toEqual(['Mine?']);
    const near = async (who: ReturnType<typeof caller>) => examples.for(retail, callOf(who)).nearest(query);
    expect(await near(caller('1', 'b'))).toEqual([]);
    await examples.save(retail, caller('1', 'a'), 'shared', example);
    expect(await near(caller('1', 'b'))).toHaveLength(1);
  });

  it('about a database that a caller added are for that caller alone, whatever others call theirs', async () => {
    const { services } = await startInProcess(settings());
    const { examples } = services;
    const operators = services.databases.resolve('retail');
    const addedBy = (who: ReturnType<typeof caller>) => ({ ...operators, owner: callerKey(who) });
    const [ann, bob] = [caller('ann', 'a'), caller('bob', 'a')];
    const near = async (of: typeof operators, who: typeof ann) => examples.for(of, callOf(who)).nearest(query);
    await examples.save(addedBy(ann), ann, 'own', example);
    expect(await near(addedBy(ann), ann)).toHaveLength(1);
    expect(await near(addedBy(bob), bob)).toEqual([]);
    await examples.save(addedBy(ann), ann, 'shared', example);
    expect(await near(operators, bob)).toEqual([]);
    await examples.save(operators, ann, 'shared', example);
    expect(await near(operators, bob)).toHaveLength(1);
    expect(await near(addedBy(bob), bob)).toEqual([]);
  });

  it('that a policy refuses to one caller are not set aside for the others', async () => {
    const { services } = await startInProcess({ ...settings(), PG_MCP_SECURITY_DENIED_TABLES: 'retail.payments' });
    const retail = services.databases.resolve('retail');
    await services.examples.save(retail, caller('1', 'a'), 'shared', example);
    expect(await services.examples.for(retail, callOf(caller('1', 'a'))).nearest(query)).toEqual([]);
    const [kept] = await services.examples.list(retail, caller('1', 'a'), 'shared');
    expect(kept).not.toHaveProperty('quarantined');
    const [checked] = await services.examples.recheck(retail, callOf(caller('1', 'a')), 'shared');
    expect(checked).toHaveProperty('quarantined');
  });
});
