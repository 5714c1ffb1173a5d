ALTER TABLE a ADD m int;
SELECT no_such_function();
