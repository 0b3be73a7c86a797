/** A company with names that are easily mistaken for each other, two more schemas, and rows that tell meanings apart. */
export const companySql = `
  CREATE TABLE departments (department_id int PRIMARY KEY, department_name text, budget numeric(12,2));
  CREATE TABLE employees (employee_id int PRIMARY KEY, first_name text, last_name text, email text, department_id int REFERENCES departments, manager_id int REFERENCES employees, salary numeric(10,2), hire_date date, is_active boolean, is_manager int, code text, note text);
  CREATE TABLE sales (sale_id int PRIMARY KEY, employee_id int REFERENCES employees, amount numeric(10,2), quantity int, unit_price double precision, sold_at timestamp, created_at timestamptz, status text, region text, year int);
  CREATE TABLE "UserAccount" ("userId" int PRIMARY KEY, "fullName" text, "createdAt" timestamp, "isActive" boolean);
  CREATE TABLE "OrderLine" ("orderLineId" int PRIMARY KEY, "userId" int REFERENCES "UserAccount", "unitPrice" numeric(10,2), qty int);
  CREATE TABLE products (product_id int PRIMARY KEY, product_name text, list_price numeric(10,2), start_date date, min_price numeric(10,2), is_valid boolean, tags text[]);
  CREATE SCHEMA crm;
  CREATE TABLE crm.leads (lead_id int PRIMARY KEY, company text, score int);
  CREATE SCHEMA hr;
  CREATE TABLE hr.reviews (review_id int PRIMARY KEY, employee_id int, rating int);
  INSERT INTO departments VALUES (1,'Sales',1000),(2,'Research',5000),(3,'Empty',0);
  INSERT INTO employees VALUES (1,'Ann','Lee','ann@x.org',1,NULL,5000,'2019-02-28',true,1,'7','a,b,c'),(2,'Bob','Ray','bob@x.org',1,1,4000,'2020-03-15',false,0,'12','d,e'),(3,'Cid','Fox','CID@x.org',2,1,6000,'2021-12-31',true,0,'3',NULL);
  INSERT INTO sales VALUES (1,1,10.5,3,3.5,'2024-01-01 10:30:45.5','2024-01-01 10:30:45Z','open','EU',2024),(2,1,20,2,10,'2024-02-29 23:59:59','2024-02-29 23:59:59Z','Done','US',2024),(3,2,5.25,1,5.25,'2025-03-01 00:00:00','2025-03-01 00:00:00Z','done','EU',2025),(4,3,NULL,0,0,'2025-03-09 12:00:00','2025-03-09 12:00:00Z',NULL,NULL,2025);
  INSERT INTO "UserAccount" VALUES (1,'Zoe','2024-05-01',true),(2,'Max','2024-06-01',false);
  INSERT INTO "OrderLine" VALUES (1,1,2.5,4),(2,2,10,1);
  INSERT INTO products VALUES (1,'Pen',2,'2024-01-01',1,true,'{a,b}'),(2,'Ink',9,'2024-02-01',8,false,'{c}');
  INSERT INTO crm.leads VALUES (1,'Acme',5); INSERT INTO hr.reviews VALUES (1,1,4),(2,2,5);
`;
