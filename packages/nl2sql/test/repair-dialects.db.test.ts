import { describe, expect, it } from 'vitest';
import { companySql } from './company.ts';
import { readSnapshot } from './read-snapshot.ts';
import { useTables } from './use-tables.ts';

const { askFor, rowsOf } = useTables(companySql, readSnapshot);

describe('what another database would read is repaired to the same rows as what was meant in', () => {
  it.each([
    [
      'SELECT TOP 2 first_name FROM employees ORDER BY salary DESC',
      'SELECT first_name FROM employees ORDER BY salary DESC LIMIT 2',
    ],
    [
      'SELECT TOP 1 WITH TIES status FROM sales ORDER BY year',
      'SELECT status FROM sales ORDER BY year FETCH FIRST 1 ROWS WITH TIES',
    ],
    [
      'SELECT * FROM (SELECT TOP 1 first_name FROM employees ORDER BY salary) t',
      'SELECT first_name FROM employees ORDER BY salary LIMIT 1',
    ],
    ['WITH e AS (SELECT * FROM employees) SELECT TOP (1) first_name FROM e ORDER BY salary DESC', "SELECT 'Cid'"],
    ['SELECT DISTINCT TOP 1 region FROM sales ORDER BY region', "SELECT 'EU'"],
    ['SELECT IFNULL(amount, 0) FROM sales ORDER BY sale_id', 'SELECT COALESCE(amount, 0) FROM sales ORDER BY sale_id'],
    [
      'SELECT NVL2(amount, 1, 0) FROM sales ORDER BY sale_id',
      'SELECT CASE WHEN amount IS NOT NULL THEN 1 ELSE 0 END FROM sales ORDER BY sale_id',
    ],
    [
      "SELECT DECODE(region, 'EU', 'Europe', 'US', 'States', 'None') FROM sales ORDER BY sale_id",
      "SELECT CASE region WHEN 'EU' THEN 'Europe' WHEN 'US' THEN 'States' ELSE 'None' END FROM sales ORDER BY sale_id",
    ],
    [
      "SELECT sale_id FROM sales WHERE sold_at >= DATEADD(day, -1, '2024-03-01') ORDER BY 1",
      "SELECT sale_id FROM sales WHERE sold_at >= '2024-02-29' ORDER BY 1",
    ],
    [
      'SELECT DATEADD(month, 1, hire_date) FROM employees ORDER BY employee_id',
      "SELECT hire_date + INTERVAL '1 month' FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT DATEDIFF(day, hire_date, '2022-01-01') FROM employees ORDER BY employee_id",
      "SELECT '2022-01-01'::date - hire_date FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT DATEDIFF(year, hire_date, '2022-01-01') FROM employees ORDER BY employee_id",
      'SELECT 2022 - EXTRACT(YEAR FROM hire_date) FROM employees ORDER BY employee_id',
    ],
    [
      "SELECT DATEDIFF('2022-01-01', hire_date) FROM employees ORDER BY employee_id",
      "SELECT '2022-01-01'::date - hire_date FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT DATE_DIFF(DATE '2022-01-01', hire_date, DAY) FROM employees ORDER BY employee_id",
      "SELECT '2022-01-01'::date - hire_date FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT TIMESTAMPDIFF(YEAR, hire_date, '2022-01-01') FROM employees ORDER BY employee_id",
      "SELECT EXTRACT(YEAR FROM age('2022-01-01', hire_date)) FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT TIMESTAMPDIFF(MONTH, hire_date, '2022-01-01') FROM employees ORDER BY employee_id",
      'SELECT v::numeric FROM (VALUES (1,34),(2,21),(3,0)) t(k,v) ORDER BY k',
    ],
    [
      "SELECT STRFTIME('%Y-%m', sold_at) FROM sales ORDER BY sale_id",
      "SELECT to_char(sold_at, 'YYYY-MM') FROM sales ORDER BY sale_id",
    ],
    ["SELECT STRFTIME('%Y', 'now') = to_char(now(), 'YYYY')", 'SELECT true'],
    [
      'SELECT STRFTIME("%Y", sold_at) FROM sales ORDER BY sale_id',
      "SELECT to_char(sold_at, 'YYYY') FROM sales ORDER BY sale_id",
    ],
    [
      "SELECT CAST(STRFTIME('%m', sold_at) AS INTEGER) FROM sales ORDER BY sale_id",
      'SELECT EXTRACT(MONTH FROM sold_at)::int FROM sales ORDER BY sale_id',
    ],
    ['SELECT GROUP_CONCAT(first_name) FROM employees', "SELECT string_agg(first_name, ',') FROM employees"],
    [
      "SELECT GROUP_CONCAT(DISTINCT region ORDER BY region SEPARATOR ' / ') FROM sales",
      "SELECT string_agg(DISTINCT region, ' / ' ORDER BY region) FROM sales",
    ],
    [
      "SELECT GROUP_CONCAT(first_name ORDER BY salary DESC SEPARATOR '; ') FROM employees",
      "SELECT string_agg(first_name, '; ' ORDER BY salary DESC) FROM employees",
    ],
    ["SELECT GROUP_CONCAT(employee_id ORDER BY employee_id DESC SEPARATOR '; ') FROM employees", "SELECT '3; 2; 1'"],
    [
      'SELECT GROUP_CONCAT(first_name ORDER BY salary DESC) FROM employees',
      "SELECT string_agg(first_name, ',' ORDER BY salary DESC) FROM employees",
    ],
    [
      'SELECT first_name FROM employees ORDER BY employee_id LIMIT 1, 2',
      'SELECT first_name FROM employees ORDER BY employee_id LIMIT 2 OFFSET 1',
    ],
    [
      'SELECT `e`.`first_name` FROM `employees` AS `e` ORDER BY `e`.`employee_id`',
      'SELECT first_name FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT [first_name] FROM [dbo].[employees] ORDER BY [employee_id]',
      'SELECT first_name FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT first_name FROM employees WHERE email LIKE "%x.org" ORDER BY employee_id',
      "SELECT first_name FROM employees WHERE email LIKE '%x.org' ORDER BY employee_id",
    ],
    ["SELECT first_name FROM employees WHERE employee_id ILIKE '1%'", "SELECT 'Ann'"],
    ['SELECT first_name FROM employees WHERE last_name = "Lee"', "SELECT 'Ann'"],
    [
      'SELECT first_name FROM employees WHERE last_name IN ("Lee", "Ray") ORDER BY 1',
      "SELECT first_name FROM employees WHERE last_name IN ('Lee', 'Ray') ORDER BY 1",
    ],
    [
      'SELECT CONCAT(first_name, " ", last_name) FROM employees ORDER BY employee_id',
      "SELECT concat(first_name, ' ', last_name) FROM employees ORDER BY employee_id",
    ],
    ['SELECT first_name FROM employees WHERE department_id == 1 AND is_manager == 0', "SELECT 'Bob'"],
    ['SELECT first_name FROM employees WHERE department_id = 1 && is_manager = 0', "SELECT 'Bob'"],
    ["SELECT sale_id FROM sales WHERE sold_at > '2025-03-10'::timestamp - INTERVAL 1 DAY ORDER BY 1", 'SELECT 4'],
    ["SELECT sale_id FROM sales WHERE sold_at > DATE_SUB('2025-03-10', INTERVAL 1 DAY)", 'SELECT 4'],
    [
      'SELECT DATE_ADD(hire_date, INTERVAL 1 MONTH) FROM employees ORDER BY employee_id',
      "SELECT hire_date + INTERVAL '1 month' FROM employees ORDER BY employee_id",
    ],
    [
      'SELECT DATE_SUB(hire_date, INTERVAL 1 QUARTER) FROM employees ORDER BY employee_id',
      "SELECT hire_date - INTERVAL '3 month' FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT DATE_FORMAT(sold_at, '%b %e, %Y %h:%i %p') FROM sales ORDER BY sale_id",
      "SELECT to_char(sold_at, 'Mon FMDD, YYYY HH12:MI AM') FROM sales ORDER BY sale_id",
    ],
    [
      'SELECT YEAR(sold_at), COUNT(*) FROM sales GROUP BY YEAR(sold_at) ORDER BY 1',
      'SELECT EXTRACT(YEAR FROM sold_at), count(*) FROM sales GROUP BY 1 ORDER BY 1',
    ],
    [
      'SELECT SECOND(sold_at) FROM sales ORDER BY sale_id',
      'SELECT floor(EXTRACT(SECOND FROM sold_at)) FROM sales ORDER BY sale_id',
    ],
    ['SELECT WEEK(sold_at) FROM sales', 'SELECT EXTRACT(WEEK FROM sold_at) FROM sales'],
    [
      'SELECT DAYNAME(sold_at) FROM sales ORDER BY sale_id',
      "SELECT to_char(sold_at, 'FMDay') FROM sales ORDER BY sale_id",
    ],
    ['SELECT JULIANDAY(sold_at) FROM sales WHERE sale_id = 4', 'SELECT 2460744.00000000000000000000'],
    [
      "SELECT SUBSTRING_INDEX(email, '@', 1) FROM employees ORDER BY employee_id",
      "SELECT split_part(email, '@', 1) FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT SUBSTRING_INDEX(note, ',', -1) FROM employees ORDER BY employee_id",
      "SELECT split_part(note, ',', -1) FROM employees ORDER BY employee_id",
    ],
    ['SELECT SAFE_DIVIDE(SUM(quantity), COUNT(*)) FROM sales', 'SELECT sum(quantity)::numeric / count(*) FROM sales'],
    ['SELECT COUNTIF(quantity > 1) FROM sales', 'SELECT 2::bigint'],
    [
      "SELECT EXTRACT(DAY FROM (DATE '2022-01-01' - hire_date)) FROM employees ORDER BY employee_id",
      "SELECT DATE '2022-01-01' - hire_date FROM employees ORDER BY employee_id",
    ],
    [
      'SELECT DATEPART(year, sold_at) FROM sales ORDER BY sale_id',
      'SELECT EXTRACT(YEAR FROM sold_at) FROM sales ORDER BY sale_id',
    ],
    [
      'SELECT DATEPART(month, sold_at) FROM sales ORDER BY sale_id',
      'SELECT EXTRACT(MONTH FROM sold_at) FROM sales ORDER BY sale_id',
    ],
    [
      'SELECT DATE_TRUNC(sold_at, MONTH) FROM sales ORDER BY sale_id',
      "SELECT date_trunc('month', sold_at) FROM sales ORDER BY sale_id",
    ],
    [
      'SELECT CAST(code AS SIGNED) FROM employees ORDER BY employee_id',
      'SELECT code::bigint FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT CAST(code AS UNSIGNED INTEGER) FROM employees ORDER BY employee_id',
      'SELECT code::bigint FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT CAST(employee_id AS STRING) FROM employees ORDER BY employee_id',
      'SELECT employee_id::text FROM employees ORDER BY employee_id',
    ],
    ["SELECT CAST('2024-01-01' AS DATETIME)", "SELECT timestamp '2024-01-01'"],
    [
      'SELECT CAST(salary AS FLOAT64) / 3 FROM employees ORDER BY employee_id',
      'SELECT salary::float8 / 3 FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT SAFE_CAST(code AS INT64) FROM employees ORDER BY employee_id',
      'SELECT code::bigint FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT CAST(salary AS NUMBER(10, 1)) FROM employees ORDER BY employee_id',
      'SELECT salary::numeric(10,1) FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT CAST(employee_id AS NVARCHAR(10)) FROM employees ORDER BY employee_id',
      'SELECT employee_id::varchar FROM employees ORDER BY employee_id',
    ],
    [
      'SELECT first_name FROM employees WHERE is_active = 1 ORDER BY 1',
      'SELECT first_name FROM employees WHERE is_active ORDER BY 1',
    ],
    ['SELECT first_name FROM employees WHERE is_manager = TRUE', "SELECT 'Ann'"],
    ['SELECT first_name FROM employees WHERE is_manager', "SELECT 'Ann'"],
    ['SELECT first_name FROM employees WHERE is_active AND NOT is_manager', "SELECT 'Cid'"],
    ["SELECT first_name FROM employees WHERE email REGEXP '^cid'", "SELECT 'Cid'"],
    [
      "SELECT first_name FROM employees WHERE email NOT REGEXP '^cid' ORDER BY 1",
      "SELECT first_name FROM employees WHERE email !~* '^cid' ORDER BY 1",
    ],
    ['SELECT sale_id FROM sales WHERE created_at < NOW() - 7 ORDER BY 1', 'SELECT sale_id FROM sales ORDER BY 1'],
    [
      "SELECT sale_id FROM sales WHERE created_at < DATE('now', '-7 days') ORDER BY 1",
      'SELECT sale_id FROM sales ORDER BY 1',
    ],
    ["SELECT sale_id FROM sales WHERE sold_at < DATETIME('now') ORDER BY 1", 'SELECT sale_id FROM sales ORDER BY 1'],
    ['SELECT first_name FROM employees WHERE code = 7', "SELECT 'Ann'"],
    [
      'SELECT first_name FROM employees WHERE code > 5 ORDER BY 1',
      'SELECT first_name FROM employees WHERE code::int > 5 ORDER BY 1',
    ],
    [
      'SELECT first_name FROM employees WHERE code BETWEEN 5 AND 20 ORDER BY 1',
      'SELECT first_name FROM employees WHERE code::int BETWEEN 5 AND 20 ORDER BY 1',
    ],
    ['SELECT COUNT(DISTINCT region, status) FROM sales', 'SELECT 3::bigint'],
    [
      "SELECT first_name + ' ' + last_name FROM employees ORDER BY employee_id",
      "SELECT first_name || ' ' || last_name FROM employees ORDER BY employee_id",
    ],
    [
      'SELECT employee_id || department_id FROM employees ORDER BY 1',
      'SELECT employee_id::text || department_id FROM employees ORDER BY 1',
    ],
    [
      "SELECT LEN(first_name), CHARINDEX('n', first_name) FROM employees ORDER BY employee_id",
      "SELECT length(first_name), strpos(first_name, 'n') FROM employees ORDER BY employee_id",
    ],
    [
      "SELECT LOCATE('n', first_name) FROM employees ORDER BY employee_id",
      "SELECT strpos(first_name, 'n') FROM employees ORDER BY employee_id",
    ],
    ['SELECT ISNULL(amount) FROM sales ORDER BY sale_id', 'SELECT amount IS NULL FROM sales ORDER BY sale_id'],
    [
      'SELECT TRUNCATE(unit_price, 1) FROM sales ORDER BY sale_id',
      'SELECT trunc(unit_price::numeric, 1) FROM sales ORDER BY sale_id',
    ],
    [
      "SELECT TRUNC(sold_at, 'MM') FROM sales ORDER BY sale_id",
      "SELECT date_trunc('month', sold_at) FROM sales ORDER BY sale_id",
    ],
    ['SELECT ROUND(AVG(unit_price), 2) FROM sales', 'SELECT round(avg(unit_price)::numeric, 2) FROM sales'],
    [
      'SELECT LAST_DAY(hire_date) FROM employees ORDER BY employee_id',
      "SELECT v::date FROM (VALUES (1,'2019-02-28'),(2,'2020-03-31'),(3,'2021-12-31')) t(k,v) ORDER BY k",
    ],
    [
      'SELECT MONTHNAME(sold_at) FROM sales ORDER BY sale_id',
      "SELECT to_char(sold_at, 'FMMonth') FROM sales ORDER BY sale_id",
    ],
    [
      "SELECT IF(quantity > 1, 'many', 'one') FROM sales ORDER BY sale_id",
      "SELECT CASE WHEN quantity > 1 THEN 'many' ELSE 'one' END FROM sales ORDER BY sale_id",
    ],
    ['SELECT STDEV(quantity) FROM sales', 'SELECT stddev_samp(quantity) FROM sales'],
    [
      "SELECT first_name FROM employees WHERE first_name LIKE ANY ('A%', 'B%') ORDER BY 1",
      "SELECT first_name FROM employees WHERE first_name LIKE ANY (ARRAY['A%', 'B%']) ORDER BY 1",
    ],
    ["SELECT product_name FROM products WHERE tags && ARRAY['a'] AND `list_price` > 1", "SELECT 'Pen'"],
    ['SELECT SUM(amount) FILTER (WHERE region = "EU") FROM sales', 'SELECT 15.75'],
    ['SELECT sale_id FROM sales WHERE region <=> NULL', 'SELECT 4'],
    [
      'SELECT TOP 3 first_name FROM employees e WHERE EXISTS (SELECT TOP 1 1 FROM sales s WHERE s.employee_id = e.employee_id) ORDER BY 1',
      "SELECT 'Ann' UNION ALL SELECT 'Bob' UNION ALL SELECT 'Cid'",
    ],
    ['SELECT first_name FROM employees WHERE hire_date BETWEEN "2020-01-01" AND "2020-12-31"', "SELECT 'Bob'"],
    ["SELECT sale_id FROM sales WHERE status ILIKE 'done' AND YEAR(sold_at) = 2024", 'SELECT 2'],
    ["SELECT SUM(IF(region = 'EU', 1, 0)) FROM sales", 'SELECT 2::bigint'],
    ["SELECT COUNT(IF(region = 'EU', 1, NULL)) FROM sales", 'SELECT 2::bigint'],
    ["SELECT SUM(region = 'EU') FROM sales", 'SELECT 2::bigint'],
    ['SELECT AVG(is_active) FROM employees', 'SELECT avg(is_active::int) FROM employees'],
    ['SELECT first_name FROM employees WHERE salary > "5000" ORDER BY 1', "SELECT 'Cid'"],
    [
      'SELECT region, YEAR(sold_at) AS y, SUM(amount) FROM sales GROUP BY region, y ORDER BY 1, 2',
      'SELECT region, EXTRACT(YEAR FROM sold_at), sum(amount) FROM sales GROUP BY 1, 2 ORDER BY 1, 2',
    ],
    [
      "SELECT DATE_PART('day', DATE '2022-01-01' - hire_date) FROM employees ORDER BY employee_id",
      "SELECT DATE '2022-01-01' - hire_date FROM employees ORDER BY employee_id",
    ],
    ["SELECT DATEDIFF(hour, '2024-01-01', sold_at) FROM sales WHERE sale_id = 1", 'SELECT 10::bigint'],
    [
      "SELECT date_diff('day', hire_date, DATE '2022-01-01') FROM employees ORDER BY 1",
      "SELECT DATE '2022-01-01' - hire_date FROM employees ORDER BY 1",
    ],
    ['SELECT HOUR(sold_at), MINUTE(sold_at) FROM sales WHERE sale_id = 1', 'SELECT 10::numeric, 30::numeric'],
    ['SELECT first_name FROM employees WHERE (is_active) && (is_manager = 0)', "SELECT 'Cid'"],
    [
      'SELECT first_name FROM employees WHERE (is_manager = 1) || (department_id = 2) ORDER BY 1',
      "SELECT 'Ann' UNION ALL SELECT 'Cid'",
    ],
    [
      'SELECT STRFTIME("%Y-%m", sold_at) FROM sales ORDER BY sale_id',
      "SELECT to_char(sold_at, 'YYYY-MM') FROM sales ORDER BY sale_id",
    ],
    [
      "SELECT TIMESTAMPDIFF(HOUR, sold_at, '2025-03-10'), TIMESTAMPDIFF(WEEK, sold_at, '2025-03-10') FROM sales WHERE sale_id = 3",
      'SELECT 216::numeric, 1::numeric',
    ],
    [
      "SELECT DATEDIFF(month, sold_at, '2025-03-10'), DATEDIFF(minute, sold_at, '2025-03-01 00:05:30') FROM sales WHERE sale_id = 3",
      'SELECT 0::numeric, 5::bigint',
    ],
    ["SELECT DATEDIFF(month, sold_at, '2025-03-10') FROM sales WHERE sale_id = 1", 'SELECT 14::numeric'],
    ['SELECT DATEADD(quarter, 1, hire_date) FROM employees WHERE employee_id = 2', "SELECT timestamp '2020-06-15'"],
    ['SELECT DATE_SUB(hire_date, 14) FROM employees WHERE employee_id = 2', "SELECT date '2020-03-01'"],
    ['SELECT DATEPART(second, sold_at) FROM sales WHERE sale_id = 1', 'SELECT 45::numeric'],
    ['SELECT DATETRUNC(year, sold_at) FROM sales WHERE sale_id = 1', "SELECT timestamp '2024-01-01'"],
    ["SELECT COUNT(WHERE region = 'EU') FROM sales", "SELECT count(*) FILTER (WHERE region = 'EU') FROM sales"],
    ["SELECT SUM(amount WHERE region = 'EU') FROM sales", "SELECT sum(amount) FILTER (WHERE region = 'EU') FROM sales"],
    ["SELECT first_name FROM employees WHERE code REGEXP BINARY '^1'", "SELECT 'Bob'"],
    ['SELECT GROUP_CONCAT(DISTINCT region ORDER BY region) FROM sales', "SELECT 'EU,US'"],
  ])('%s', async (written, meant) => {
    const outcome = await askFor(written);
    expect(outcome).toMatchObject({ kind: 'answered', usage: { modelCalls: 1 } });
    expect(outcome.attempts[0]!.repairs!.length).toBeGreaterThan(0);
    expect(await rowsOf(outcome.sql!)).toEqual(await rowsOf(meant));
  });
});
