-- The first tables.
SELECT 1;
