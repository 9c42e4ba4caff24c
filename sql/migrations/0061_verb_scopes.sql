-- Each of the desk's verbs has a scope of its own (docs/decisions/0040). `tickets:assign` stood for transferring, giving back and withdrawing, and not for
-- the verb assign, which it stands for from now on: keys that had it get what they could do by it, no less and no more. May be run once only: it does not know
-- the old from the new meaning.
UPDATE docket.api_key
SET scopes = array_remove(scopes, 'tickets:assign')
    || ARRAY(SELECT verb FROM unnest(ARRAY['tickets:transfer', 'tickets:return', 'tickets:withdraw']) verb WHERE verb <> ALL (scopes))
WHERE 'tickets:assign' = ANY (scopes);
