-- The worker keeps the head of every trail outside the database, so it has to find whose there are.
CREATE POLICY organization_of_worker ON organization FOR SELECT USING (current_setting('app.worker', true) = 'on');
