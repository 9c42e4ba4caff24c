/// What each role was given on purpose, beside the owner, in a migrated database (security.md 1). Whoever changes it reviews it: a role gets what its process
/// needs, and nobody UPDATE of a `tenant_id`.
enum ReviewedGrants {
    /// A table and who may do what with it. UPDATE alone leaves out the tenant_id; "not" names the columns that are left out.
    static let relations = """
        docket.agent: api SELECT INSERT UPDATE DELETE, claim SELECT(absent_from absent_until id tenant_id), courier SELECT, dispatcher SELECT \
        UPDATE(absent_from absent_until), scheduler SELECT
        docket.agent_absence: api SELECT INSERT UPDATE(cancelled_at next_at), claim SELECT(agent_id ends_at id next_at tenant_id), dispatcher SELECT \
        UPDATE(next_at), scheduler SELECT DELETE
        docket.agent_group: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.agent_load: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT UPDATE, scheduler SELECT UPDATE
        docket.agent_presence: api SELECT INSERT UPDATE DELETE, claim SELECT(not channels_off is_held misses online_since), courier SELECT, \
        dispatcher SELECT UPDATE(not agent_id channels_off lease_until tenant_id), scheduler SELECT
        docket.agent_skill: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.api_key: api SELECT(not hash) INSERT UPDATE(revoked_at revoked_by), claim SELECT(not created_at created_by last_four name prefix \
        revoked_by)
        docket.booking: api SELECT INSERT UPDATE(cancelled_at), scheduler SELECT UPDATE(cancelled_at)
        docket.calendar: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.calendar_version: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.calendar_zone_rules: api SELECT INSERT, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.consultation: api SELECT INSERT UPDATE(answer_id closed_at state)
        docket.contract: api SELECT INSERT UPDATE, scheduler SELECT
        docket.courier: courier SELECT INSERT UPDATE(not number started_at) DELETE
        docket.delivery_attempt: api SELECT, claim SELECT(at tenant_id), courier SELECT INSERT DELETE, scheduler INSERT
        docket.escalation_chain: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.escalation_chain_version: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.escalation_firing: api SELECT, scheduler SELECT INSERT
        docket.escalation_run: api SELECT INSERT UPDATE, claim SELECT(id next_fire_at tenant_id), dispatcher SELECT INSERT UPDATE, scheduler SELECT \
        INSERT UPDATE
        docket.former_agent: api SELECT INSERT, dispatcher SELECT INSERT, scheduler SELECT INSERT
        docket.group_member: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.held_notice: claim SELECT(due_at tenant_id), scheduler SELECT INSERT UPDATE(due_at) DELETE
        docket.idempotency_record: api SELECT INSERT DELETE, claim SELECT(created_at tenant_id), scheduler SELECT DELETE
        docket.mail_notice: api SELECT(not created_at payload), courier SELECT DELETE, scheduler SELECT INSERT DELETE
        docket.mailbox_window: scheduler SELECT INSERT UPDATE
        docket.on_call_rota: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.organization: api SELECT INSERT UPDATE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.outbox: api SELECT INSERT, claim SELECT(held_by id lane lease_token next_attempt_at tenant_id), courier SELECT INSERT UPDATE DELETE, \
        dispatcher SELECT INSERT, scheduler SELECT INSERT UPDATE(created_at)
        docket.outbox_dead: api SELECT DELETE, claim SELECT(died_at tenant_id), courier SELECT INSERT UPDATE, scheduler SELECT DELETE
        docket.playbook: api SELECT INSERT UPDATE, dispatcher SELECT, scheduler SELECT
        docket.queue: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.queue_member: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.requester: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.resource: api SELECT INSERT UPDATE
        docket.routing_entry: api SELECT INSERT UPDATE DELETE, claim SELECT(eligible_at next_step_at queue_id rank_at tenant_id), dispatcher SELECT INSERT \
        UPDATE DELETE, scheduler SELECT INSERT UPDATE DELETE
        docket.routing_lane: api SELECT INSERT UPDATE(not second_look_at tenant_id), claim SELECT(look_at queue_id tenant_id), dispatcher SELECT \
        INSERT UPDATE
        docket.routing_refusal: api SELECT DELETE, dispatcher SELECT INSERT UPDATE DELETE
        docket.routing_signal: api SELECT INSERT DELETE, claim SELECT(not id), dispatcher SELECT INSERT DELETE, scheduler SELECT INSERT DELETE
        docket.settlement: api SELECT INSERT UPDATE
        docket.site: api SELECT INSERT UPDATE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.skill: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.sla_firing: api SELECT INSERT, dispatcher SELECT INSERT, scheduler SELECT INSERT
        docket.sla_ledger: api SELECT INSERT UPDATE, dispatcher SELECT INSERT UPDATE, scheduler SELECT INSERT UPDATE
        docket.sla_penalty: api SELECT INSERT UPDATE, scheduler SELECT INSERT UPDATE
        docket.sla_policy: api SELECT INSERT UPDATE DELETE, courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.sla_policy_version: api SELECT INSERT UPDATE DELETE, claim SELECT(definition tenant_id), courier SELECT, dispatcher SELECT, scheduler \
        SELECT
        docket.sla_reevaluation: api SELECT INSERT UPDATE, claim SELECT(requested_at state tenant_id), scheduler SELECT INSERT UPDATE DELETE
        docket.sla_reevaluation_part: api INSERT, scheduler SELECT INSERT UPDATE DELETE
        docket.sla_timer: api SELECT INSERT UPDATE DELETE, claim SELECT(next_fire_at tenant_id ticket_id), dispatcher SELECT INSERT UPDATE DELETE, \
        scheduler SELECT INSERT UPDATE DELETE
        docket.sla_waiver: api SELECT INSERT UPDATE, scheduler SELECT
        docket.tenant: claim SELECT(not created_at erasure_began_at name suspended_at)
        docket.tenant_configuration: api SELECT INSERT UPDATE, claim SELECT(archive_closed_after_days close_resolved_after_days tenant_id \
        warn_before_closing_days), courier SELECT, dispatcher SELECT, scheduler SELECT
        docket.ticket: api SELECT INSERT UPDATE(not channel created_at follow_up_of id is_archived number split_from tenant_id), claim \
        SELECT(closed_at closing_told_at id is_archived offer_expires_at resolved_at tenant_id), courier SELECT, dispatcher SELECT UPDATE(not \
        channel created_at follow_up_of id is_archived number split_from tenant_id), scheduler SELECT UPDATE(not channel created_at follow_up_of id \
        is_archived number split_from tenant_id)
        docket.ticket_counter: api SELECT INSERT UPDATE
        docket.ticket_event: api SELECT INSERT, courier SELECT, dispatcher SELECT INSERT, scheduler SELECT INSERT
        docket.ticket_follower: api SELECT INSERT DELETE, scheduler SELECT INSERT
        docket.ticket_message: api SELECT INSERT, courier SELECT, scheduler SELECT
        docket.ticket_requester_follower: api SELECT INSERT
        docket.ticket_task: api SELECT INSERT UPDATE(finished_at finished_by_id finished_by_kind note outcome), dispatcher INSERT, scheduler INSERT
        docket.webhook_endpoint: api SELECT INSERT UPDATE DELETE, claim SELECT(earlier_secrets_until id status tenant_id updated_at), courier SELECT \
        UPDATE(failing_since status updated_at version), dispatcher SELECT, scheduler SELECT UPDATE(earlier_secrets earlier_secrets_until updated_at version)
        docket_meta.schema_migration: api SELECT, courier SELECT, dispatcher SELECT, scheduler SELECT
        """

    /// A function and who may call it; "as": it runs as its owner, with what that role may do across tenants. Such a function returns ids, counts, times
    /// and what a key may do, or makes and drops partitions.
    static let functions = """
        docket.absences_due(maximum integer) as claim: dispatcher
        docket.agents_by_state() as claim: dispatcher
        docket.agents_gone(grace integer, maximum integer) as claim: dispatcher
        docket.authenticate(key_hash bytea) as claim: api
        docket.backlog() as claim: api courier dispatcher scheduler
        docket.check_agent_load_bounds()
        docket.check_ticket_bounds()
        docket.configuration_is_settled(tenant uuid, since bigint): dispatcher scheduler
        docket.disabled_endpoints(since timestamp with time zone, maximum integer) as claim: courier
        docket.drop_empty_attempt_months(until timestamp with time zone) as owner: courier
        docket.ensure_partitions(parent text, day date, ahead integer, OUT made integer, OUT failed integer, OUT reason text) as owner: scheduler
        docket.erase_rows(target regclass, owner_tenant uuid, maximum integer)
        docket.fix_tenants()
        docket.lanes_to_deliver(until timestamp with time zone, after_tenant uuid, after_lane uuid, maximum integer) as claim: courier
        docket.lanes_to_route(after_tenant uuid, after_queue uuid, maximum integer) as claim: dispatcher
        docket.leases_held(holder bigint, since timestamp with time zone, until timestamp with time zone, maximum integer) as claim: courier
        docket.next_delivery_at(after timestamp with time zone) as claim: courier
        docket.next_fire_at() as claim: scheduler
        docket.next_held_notice_at() as claim: scheduler
        docket.next_step_at() as claim: dispatcher
        docket.now(): api claim courier dispatcher metrics scheduler
        docket.offers_due(maximum integer) as claim: dispatcher
        docket.open_to_discovery(target regclass, reader name, columns text)
        docket.protect_tenant_table(target regclass)
        docket.require_configuration(tenant uuid, expected bigint): api dispatcher scheduler
        docket.require_requester(tenant uuid, requester uuid, expected bigint): api
        docket.set_tenant(tenant uuid): api courier dispatcher scheduler
        docket.steps_due(until timestamp with time zone, maximum integer) as claim: dispatcher
        docket.tenants_due(until timestamp with time zone, maximum integer) as claim: scheduler
        docket.tenants_gone(target regclass, maximum integer)
        docket.tenants_to_clear(until timestamp with time zone, maximum integer) as claim: scheduler
        docket.tenants_to_purge(until timestamp with time zone, maximum integer) as claim: scheduler
        docket.tenants_to_reevaluate(maximum integer) as claim: scheduler
        docket.tenants_with_aged_tickets(maximum integer) as claim: scheduler
        docket.tenants_with_ended_secrets(maximum integer) as claim: scheduler
        docket.tenants_with_held_notices(until timestamp with time zone, maximum integer) as claim: scheduler
        docket.tenants_with_old_absences(until timestamp with time zone, maximum integer) as claim: scheduler
        docket.tenants_with_old_deliveries(until timestamp with time zone, maximum integer) as claim: courier
        docket.tenants_with_penalties(after_tenant uuid, maximum integer) as claim: scheduler
        """

    static let policies = """
        base permissive * docket_api docket_courier docket_dispatcher docket_scheduler: true, true
        tenant restrictive * docket_api docket_courier docket_dispatcher docket_scheduler: \
        (tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid), \
        (tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)
        discovery_docket_claim permissive r docket_claim: true, -
        """

    static let schemas = """
        docket: docket_api USAGE, docket_backup USAGE, docket_claim USAGE, docket_courier USAGE, docket_dispatcher USAGE, docket_metrics USAGE, \
        docket_scheduler USAGE, docket_search USAGE
        docket_meta: docket_api USAGE, docket_courier USAGE, docket_dispatcher USAGE, docket_scheduler USAGE
        public:
        """

    static let database = """
        docket_api CONNECT
        docket_backup CONNECT
        docket_courier CONNECT
        docket_dispatcher CONNECT
        docket_migrate CONNECT
        docket_owner CREATE
        docket_scheduler CONNECT
        """

    /// One text a line.
    static func lines(_ text: String) -> Set<String> { Set(text.split(separator: "\n").map(String.init)) }
}
