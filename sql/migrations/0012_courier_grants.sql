-- The courier disables endpoints: like every change that callers see, that gives the row a new version.
GRANT UPDATE (version) ON docket.webhook_endpoint TO docket_courier;
