import { describe, expect, it } from 'vitest';
import { companySql } from './company.ts';
import { readSnapshot } from './read-snapshot.ts';
import { useTables } from './use-tables.ts';

const { askFor, rowsOf } = useTables(companySql, readSnapshot);

describe('several slips in one statement are repaired to the same rows as what was meant in', () => {
  it.each([
    [
      'SELECT TOP 3 e.first_name, COUNT(*) AS n FROM employees e JOIN sales s ON s.employee_id = e.employee_id GROUP BY e.first_name ORDER BY n DESC, 1',
      'SELECT e.first_name, COUNT(*) AS n FROM employees e JOIN sales s ON s.employee_id = e.employee_id GROUP BY e.first_name ORDER BY n DESC, 1 LIMIT 3',
    ],
    ['SELECT o.unit_price FROM "OrderLine" o ORDER BY 1', 'SELECT "unitPrice" FROM "OrderLine" ORDER BY 1'],
    [
      'SELECT UserAccount.fullName FROM UserAccount ORDER BY UserAccount.userId',
      'SELECT "fullName" FROM "UserAccount" ORDER BY "userId"',
    ],
    [
      'SELECT "UserAccount"."fullname" FROM "UserAccount" ORDER BY 1',
      'SELECT "fullName" FROM "UserAccount" ORDER BY 1',
    ],
    ['SELECT fullName AS Name FROM UserAccount ORDER BY Name', 'SELECT "fullName" FROM "UserAccount" ORDER BY 1'],
    [
      'SELECT u.fullName, o.qty FROM UserAccount u JOIN OrderLine o USING (userId) WHERE o.unitPrice > 5',
      "SELECT 'Max', 1",
    ],
    ['SELECT COUNT(*) FROM OrderLines', 'SELECT 2::bigint'],
    [
      'SELECT user_id, COUNT(*) FROM order_lines GROUP BY user_id ORDER BY 1',
      'SELECT "userId", count(*) FROM "OrderLine" GROUP BY 1 ORDER BY 1',
    ],
    ['SELECT createdAt FROM UserAccount WHERE createdAt > "2024-05-15"', "SELECT timestamp '2024-06-01'"],
    [
      "SELECT DATE_FORMAT(createdAt, '%Y-%m') AS month, COUNT(*) FROM UserAccount GROUP BY month ORDER BY month",
      `SELECT to_char("createdAt", 'YYYY-MM'), count(*) FROM "UserAccount" GROUP BY 1 ORDER BY 1`,
    ],
    ["SELECT status AS s FROM sales WHERE s = 'open'", "SELECT 'open'"],
    [
      'SELECT sale_id FROM sales WHERE amount BETWEEN "5" AND "11" ORDER BY 1',
      'SELECT sale_id FROM sales WHERE amount BETWEEN 5 AND 11 ORDER BY 1',
    ],
    ['SELECT sale_id FROM sales WHERE sold_at >= NOW() - INTERVAL 30 DAY', 'SELECT 1 WHERE false'],
    [
      'SELECT sale_id FROM sales WHERE sold_at >= DATE_SUB(CURDATE(), INTERVAL 1 YEAR) AND false',
      'SELECT 1 WHERE false',
    ],
    [
      'SELECT sale_id FROM sales WHERE DATEDIFF(CURDATE(), sold_at) > 30 ORDER BY 1',
      'SELECT sale_id FROM sales ORDER BY 1',
    ],
    [
      'SELECT sale_id FROM sales WHERE DATEDIFF(day, sold_at, GETDATE()) > 30 ORDER BY 1',
      'SELECT sale_id FROM sales ORDER BY 1',
    ],
    ['SELECT sale_id FROM sales WHERE DATE(sold_at) = "2024-01-01"', 'SELECT 1'],
    ["SELECT sale_id FROM sales WHERE YEAR(sold_at) = '2024' ORDER BY 1", 'SELECT 1 UNION ALL SELECT 2'],
    ["SELECT sale_id FROM sales WHERE strftime('%Y', sold_at) = 2024 ORDER BY 1", 'SELECT 1 UNION ALL SELECT 2'],
    ["SELECT sale_id FROM sales WHERE sold_at LIKE '2024%' ORDER BY 1", 'SELECT 1 UNION ALL SELECT 2'],
    [
      'SELECT ROUND(SUM(unit_price) / COUNT(*), 2) FROM sales',
      'SELECT round((sum(unit_price)/count(*))::numeric, 2) FROM sales',
    ],
    [
      'SELECT CAST(SUM(is_active) AS REAL) / COUNT(*) FROM employees',
      'SELECT sum(is_active::int)::real / count(*) FROM employees',
    ],
    [
      'SELECT employee_id FROM employees e LEFT JOIN sales s ON e.employee_id = s.employee_id WHERE amount > 15',
      'SELECT 1',
    ],
    [
      'SELECT employee_id FROM sales s RIGHT JOIN employees e ON e.employee_id = s.employee_id WHERE amount > 15',
      'SELECT 1',
    ],
    [
      'SELECT departments.name FROM employees ORDER BY employee_id',
      'SELECT department_name FROM employees JOIN departments USING (department_id) ORDER BY employee_id',
    ],
    [
      "SELECT department_name, COUNT(*) FROM employees WHERE department_name <> 'Sales' GROUP BY department_name",
      "SELECT 'Research', 1::bigint",
    ],
    [
      'SELECT COUNT(*) FROM employees WHERE NOT EXISTS (SELECT 1 FROM sales WHERE employee_id = employees.id)',
      'SELECT 0::bigint',
    ],
    [
      'SELECT m.first_name FROM employees e JOIN employees m ON e.manager_id = m.id ORDER BY e.employee_id',
      "SELECT 'Ann' UNION ALL SELECT 'Ann'",
    ],
    [
      'SELECT AVG(IF(is_active = 1, salary, NULL)) FROM employees',
      'SELECT avg(salary) FILTER (WHERE is_active) FROM employees',
    ],
    [
      "SELECT IIF(is_manager = 1, 'boss', 'staff') FROM employees ORDER BY employee_id",
      "SELECT CASE is_manager WHEN 1 THEN 'boss' ELSE 'staff' END FROM employees ORDER BY employee_id",
    ],
    ['SELECT "First_Name" FROM "Employees" ORDER BY "First_Name"', 'SELECT first_name FROM employees ORDER BY 1'],
    [
      'SELECT EmployeeID, FirstName FROM Employees ORDER BY EmployeeID',
      'SELECT employee_id, first_name FROM employees ORDER BY 1',
    ],
    ['SELECT SUM(list_prices) FROM products', 'SELECT 11.00'],
    ['SELECT region, COUNT(*) cnt FROM sales GROUP BY region HAVING cnt >= 2', "SELECT 'EU', 2::bigint"],
    [
      'WITH t AS (SELECT region, SUM(amount) AS revenue FROM sales GROUP BY region) SELECT region FROM t WHERE revenues > 16',
      "SELECT 'US'",
    ],
    ['SELECT x.region FROM (SELECT region, SUM(amount) s FROM sales GROUP BY region) x WHERE y.s > 16', "SELECT 'US'"],
    ['SELECT e.first_name FROM company.employees e ORDER BY 1', 'SELECT first_name FROM employees ORDER BY 1'],
    ['SELECT first_name FROM hr.employees', 'SELECT first_name FROM employees'],
    ['SELECT rating FROM reviews ORDER BY 1', 'SELECT rating FROM hr.reviews ORDER BY 1'],
    [
      'SELECT r.rating, e.first_name FROM employees e JOIN reviews r ON r.employee_id = e.employee_id ORDER BY 1',
      "SELECT 4, 'Ann' UNION ALL SELECT 5, 'Bob'",
    ],
    ['SELECT sale_id FROM sales WHERE MONTH(sold_at) = "3" ORDER BY 1', 'SELECT 3 UNION ALL SELECT 4'],
    ['SELECT SUM(amount) / 2 AS "half", COUNT(*) n FROM sales HAVING n > 3', 'SELECT 17.875, 4::bigint'],
  ])('%s', async (written, meant) => {
    const outcome = await askFor(written);
    expect(outcome).toMatchObject({ kind: 'answered', usage: { modelCalls: 1 } });
    expect(outcome.attempts[0]!.repairs!.length).toBeGreaterThan(0);
    // `2.50` and `2.5` are one number.
    const numbers = (rows: unknown[][]) =>
      rows.map((row) => row.map((cell) => (/^-?\d+(\.\d+)?$/.test(String(cell)) ? Number(cell) : cell)));
    expect(numbers(await rowsOf(outcome.sql!))).toEqual(numbers(await rowsOf(meant)));
  });
});

describe('what may mean several things is left to the model in', () => {
  it.each([
    'SELECT e.first_name FROM employees e WHERE e.salary > (SELECT AVG(salary) FROM employees WHERE dept_id = e.department_id)',
    'SELECT first_name FROM employees WHERE dept_id = 1',
    'SELECT s.total FROM sales s',
    'SELECT s.date FROM sales s',
    'SELECT e.full_name FROM employees e',
    'SELECT o.price FROM "OrderLine" o',
    'SELECT region, SUM(amount) AS amount FROM sales GROUP BY region HAVING amount > 16',
    "SELECT sale_id FROM sales WHERE region IS NOT 'EU'",
    'SELECT name, amount FROM employees JOIN sales USING (employee_id)',
    "SELECT first_name FROM employees WHERE manager = 'Ann'",
    'SELECT CASE WHEN is_active THEN "yes" ELSE "no" END FROM employees',
    'SELECT t.emp_id FROM sales t',
    'SELECT product_id, list_price - cost FROM products',
    "SELECT COUNT(*) FROM employees WHERE hire_date > '2020-01-01' AND status = 'active'",
    'SELECT amount FROM sales WHERE employee = 1',
    'SELECT SUM(total_price) FROM sales',
    'SELECT first_name, RANK() OVER (ORDER BY salary DESC) AS r FROM employees WHERE r = 1',
    'SELECT hr.employees.first_name FROM employees',
  ])('%s', async (written) => {
    expect(await askFor(written)).toMatchObject({ kind: 'failed', error: { code: 'SQL_ERROR' } });
  });
});
