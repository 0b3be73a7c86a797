import { describe, expect, it } from 'vitest';
import { haveSameWords } from '../src/repair/same-words.ts';

describe('two names have the same words', () => {
  it.each([
    ['custmer_id', 'customer_id'],
    ['recieved_at', 'received_at'],
    ['depratment', 'department'],
    ['maintainance_cost', 'maintenance_cost'],
    ['birthdate', 'birth_dates'],
    ['hired_date', 'hire_date'],
    ['completed', 'complete'],
    ['OrderItems', 'order_item'],
    ['is_active', 'active'],
    ['name_first', 'first_name'],
  ])('%s and %s', (name, other) => {
    expect([haveSameWords(name, other), haveSameWords(other, name)]).toEqual([true, true]);
  });
});

describe('two names have different words', () => {
  it.each([
    ['is_inactive', 'is_active'],
    ['undelivered', 'delivered'],
    ['unpaid', 'paid'],
    ['min_salary', 'salary'],
    ['start_date', 'end_date'],
    ['home_team_id', 'away_team_id'],
    ['total_amount_usd', 'total_amount_eur'],
    ['orders_archive', 'orders'],
    ['first_name', 'last_name'],
    ['net_price', 'gross_price'],
    ['created_at', 'updated_at'],
    ['men', 'man'],
    ['constitution', 'institution'],
  ])('%s and %s', (name, other) => {
    expect([haveSameWords(name, other), haveSameWords(other, name)]).toEqual([false, false]);
  });
});
