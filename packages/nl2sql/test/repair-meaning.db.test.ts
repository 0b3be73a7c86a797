import { describe, expect, it } from 'vitest';
import { companySql } from './company.ts';
import { readSnapshot } from './read-snapshot.ts';
import { useTables } from './use-tables.ts';

const { askFor, rowsOf } = useTables(companySql, readSnapshot);

describe('a slip in a name or a string is repaired to the same rows as what was meant in', () => {
  it.each([
    [
      'SELECT department_id, department_name FROM employees RIGHT JOIN departments ON employees.department_id = departments.department_id ORDER BY department_name',
      'SELECT d.department_id, department_name FROM employees e RIGHT JOIN departments d ON e.department_id = d.department_id ORDER BY department_name',
    ],
    [
      'SELECT department_id, department_name FROM departments LEFT JOIN employees ON employees.department_id = departments.department_id ORDER BY department_name',
      'SELECT d.department_id, department_name FROM departments d LEFT JOIN employees e ON e.department_id = d.department_id ORDER BY department_name',
    ],
    ['SELECT company FROM `crm.leads`', 'SELECT company FROM crm.leads'],
    ['SELECT fullName FROM UserAccount WHERE isActive = 1', "SELECT 'Zoe'"],
    [
      'SELECT u.fullname, SUM(o.unitprice * o.qty) FROM useraccount u JOIN orderline o ON o.userid = u.userid GROUP BY u.fullname ORDER BY 1',
      "SELECT n, v::numeric FROM (VALUES ('Max', 10.00), ('Zoe', 10.00)) t(n, v)",
    ],
    ['SELECT full_name FROM user_account ORDER BY user_id', 'SELECT "fullName" FROM "UserAccount" ORDER BY 1 DESC'],
    ['SELECT fullName FROM UserAccounts ORDER BY userId', 'SELECT "fullName" FROM "UserAccount" ORDER BY "userId"'],
    ['SELECT first_name FROM employee ORDER BY employee_id', 'SELECT first_name FROM employees ORDER BY employee_id'],
    ['SELECT department_name FROM department ORDER BY 1', 'SELECT department_name FROM departments ORDER BY 1'],
    [
      'SELECT employees.first_name FROM employees e ORDER BY e.employee_id',
      'SELECT first_name FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT d.first_name FROM employees e JOIN departments d ON e.department_id = d.department_id ORDER BY 1',
      'SELECT first_name FROM employees ORDER BY 1',
    ],
    [
      'SELECT department_id, department_name FROM employees JOIN departments ON employees.department_id = departments.department_id ORDER BY employee_id',
      'SELECT department_id, department_name FROM employees JOIN departments USING (department_id) ORDER BY employee_id',
    ],
    [
      'SELECT salary * 12 AS yearly FROM employees WHERE yearly > 50000 ORDER BY 1',
      'SELECT salary * 12 FROM employees WHERE salary * 12 > 50000 ORDER BY 1',
    ],
    [
      'SELECT department_id, SUM(salary) AS total FROM employees GROUP BY department_id HAVING total > 6000',
      'SELECT 1, 9000.00',
    ],
    ['SELECT company FROM leads', 'SELECT company FROM crm.leads'],
    ['SELECT company FROM sales.leads', 'SELECT company FROM crm.leads'],
    ['SELECT rating FROM crm.reviews ORDER BY 1', 'SELECT rating FROM hr.reviews ORDER BY 1'],
    ['SELECT hired_date FROM employees ORDER BY 1', 'SELECT hire_date FROM employees ORDER BY 1'],
    ['SELECT firstname FROM employees ORDER BY 1', 'SELECT first_name FROM employees ORDER BY 1'],
    ['SELECT name FROM products ORDER BY 1', 'SELECT product_name FROM products ORDER BY 1'],
    ['SELECT name FROM departments ORDER BY 1', 'SELECT department_name FROM departments ORDER BY 1'],
    ['SELECT sale_amount FROM sales ORDER BY sale_id', 'SELECT amount FROM sales ORDER BY sale_id'],
    [
      "SELECT first_name FROM employees WHERE department_name = 'Sales' ORDER BY 1",
      'SELECT first_name FROM employees WHERE department_id = 1 ORDER BY 1',
    ],
    [
      'SELECT e.first_name, d.budget FROM employees e ORDER BY 1',
      'SELECT e.first_name, d.budget FROM employees e LEFT JOIN departments d USING (department_id) ORDER BY 1',
    ],
    ['SELECT status, COUNT(*) FROM sales WHERE status = "Done" GROUP BY status', "SELECT 'Done', 1::bigint"],
    ['SELECT first_name FROM employees WHERE last_name = "Code"', "SELECT 'x' WHERE false"],
    ['SELECT first_name FROM employees WHERE note = "emails"', "SELECT 'x' WHERE false"],
    ['SELECT first_name FROM employees WHERE note = "budget"', "SELECT 'x' WHERE false"],
    ['SELECT review_id FROM hr.review ORDER BY 1', 'SELECT review_id FROM hr.reviews ORDER BY 1'],
    ['SELECT first_name FROM employes ORDER BY 1', 'SELECT first_name FROM employees ORDER BY 1'],
    ['SELECT departement_name FROM departments ORDER BY 1', 'SELECT department_name FROM departments ORDER BY 1'],
    ['SELECT depratment_id FROM departments ORDER BY 1', 'SELECT department_id FROM departments ORDER BY 1'],
    [
      'SELECT e.first_name, s.amount FROM employees AS e INNER JOIN sales AS s ON e.id = s.employee_id ORDER BY s.sale_id',
      'SELECT e.first_name, s.amount FROM employees e JOIN sales s USING (employee_id) ORDER BY sale_id',
    ],
    ['SELECT id FROM employees ORDER BY 1', 'SELECT employee_id FROM employees ORDER BY 1'],
  ])('%s', async (written, meant) => {
    const outcome = await askFor(written);
    expect(outcome).toMatchObject({ kind: 'answered', usage: { modelCalls: 1 } });
    expect(outcome.attempts[0]!.repairs!.length).toBeGreaterThan(0);
    expect(await rowsOf(outcome.sql!)).toEqual(await rowsOf(meant));
  });
});

describe('what rules cannot know is left to the model in', () => {
  it.each([
    "SELECT DATEDIFF(quarter, hire_date, '2022-01-01') FROM employees",
    'SELECT DATEADD(dayofyear, 1, hire_date) FROM employees',
    'SELECT DATE_SUB(hire_date, employee_id) FROM employees',
    'SELECT DATEPART(week, sold_at) FROM sales',
    'SELECT DATE_TRUNC(sold_at, WEEK) FROM sales',
    "SELECT TRUNC(sold_at, 'WW') FROM sales",
    'SELECT GROUP_CONCAT(first_name ORDER BY salary SEPARATOR region) FROM employees',
    "SELECT DATE('now', 'start of month')",
    'SELECT EXTRACT(DAY FROM year) FROM sales',
    'SELECT COUNT(region, status) FROM sales',
    'SELECT first_name FROM employees WHERE salary + 1',
    'SELECT CAST(code AS geometry) FROM employees',
    "SELECT first_name FROM employees WHERE email REGEXP '\\\\.org$'",
    'SELECT department_id FROM employees FULL JOIN departments ON employees.department_id = departments.department_id',
    'SELECT "2023" FROM sales',
    'SELECT "Margin %" FROM sales',
    'SELECT TOP 50 PERCENT first_name FROM employees ORDER BY salary DESC',
    'SELECT TOP 1 first_name FROM employees UNION ALL SELECT department_name FROM departments',
    "SELECT DECODE(region, NULL, 'none', region) FROM sales",
    "SELECT DATEDIFF(week, hire_date, '2022-01-01') FROM employees",
    "SELECT STRFTIME('%Y', sold_at, '-1 year') FROM sales",
    "SELECT GROUP_CONCAT(first_name, ' ', last_name) FROM employees",
    'SELECT GROUP_CONCAT(first_name, last_name) FROM employees',
    "SELECT DATE_FORMAT(sold_at, '%x-%v') FROM sales",
    'SELECT WEEK(sold_at, 1) FROM sales',
    'SELECT DAYOFWEEK(sold_at) FROM sales',
    "SELECT SUBSTRING_INDEX(note, ',', 2) FROM employees",
    'SELECT first_name, salary FROM employees QUALIFY ROW_NUMBER() OVER (PARTITION BY department_id ORDER BY salary DESC) = 1',
    "SELECT * FROM sales PIVOT (SUM(amount) FOR region IN ('EU', 'US'))",
    'SELECT EXTRACT(DAYOFWEEK FROM sold_at) FROM sales',
    'SELECT d.department_name, e.first_name, COUNT(*) FROM employees e JOIN departments d USING (department_id) GROUP BY d.department_name',
    'SELECT d.department_name, COUNT(*) FROM employees e JOIN departments d ON e.department_id = d.department_id WHERE COUNT(*) > 1 GROUP BY d.department_name',
    'SELECT end_date FROM products',
    'SELECT max_price FROM products',
    'SELECT is_invalid FROM products',
    'SELECT inactive FROM employees',
    'SELECT is_inactive FROM employees',
    'SELECT updated_at FROM sales',
    'SELECT middle_name FROM employees',
    'SELECT unit_cost FROM sales',
    'SELECT min_salary FROM employees',
    'SELECT product_price FROM products',
    'SELECT price FROM products',
    'SELECT employee_name FROM employees',
    'SELECT total_amount FROM sales',
    'SELECT e.first_name FROM employees e JOIN departments d USING (e.department_id)',
    'SELECT e.first_name FROM employees e JOIN departments d ON department_id ORDER BY 1',
    'SELECT manager_name FROM employees',
    'SELECT AVG(hire_date) FROM employees',
    'SELECT XOR(1, 0)',
    'SELECT 7 DIV 2',
    'SELECT order_items FROM employees',
    'SELECT sale_id FROM sales_archive',
    'SELECT adress FROM employees',
    'SELECT sold_date FROM sales',
    'SELECT manager FROM employees',
    'SELECT first_name FROM employees WHERE ROWNUM <= 1',
    'SELECT SYSDATE FROM DUAL',
    "SELECT LISTAGG(first_name, ',') WITHIN GROUP (ORDER BY first_name) FROM employees",
    'SELECT MAX(is_active) FROM employees',
    'SELECT CONVERT(INT, code) FROM employees',
    'SELECT CONVERT(code, SIGNED) FROM employees',
    'SELECT first_name FROM employees ORDER BY IFNULL(note, "zzz")',
    'SELECT name FROM employees',
    "SELECT COUNT(*) FROM sales WHERE employee = 'Ann'",
    'SELECT u.name FROM UserAccount u',
    'SELECT UNIX_TIMESTAMP(sold_at) FROM sales',
  ])('%s', async (written) => {
    expect(await askFor(written)).toMatchObject({ kind: 'failed', error: { code: 'SQL_ERROR' } });
  });
});

it('the case of a pattern that the model left open is stated', async () => {
  expect(await askFor("SELECT first_name FROM employees WHERE email REGEXP '^cid'")).toMatchObject({
    sql: "SELECT first_name FROM employees WHERE email ~* '^cid'",
    assumptions: [expect.stringContaining('case')],
  });
  expect(await askFor("SELECT first_name FROM employees WHERE code NOT REGEXP '^[0-9]$'")).toMatchObject({
    sql: "SELECT first_name FROM employees WHERE code !~ '^[0-9]$'",
    assumptions: [],
  });
});

describe('a table of another schema than the one named', () => {
  it.each([
    ['SELECT company FROM sales.leads', 'qualifier'],
    ['SELECT rating FROM crm.reviews', 'qualifier'],
    ['SELECT first_name FROM dbo.employees', 'quoting'],
    ['SELECT company FROM leads', 'quoting'],
  ])('is a choice unless the name says nothing: %s', async (written, rule) => {
    expect((await askFor(written)).attempts).toMatchObject([{ stage: 'done', repairs: [{ rule }] }]);
  });
});
