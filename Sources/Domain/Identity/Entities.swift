/// The kinds of things that have an id; each is only a name for ``ID``.
public enum Entity {
    public enum Absence {}
    public enum Agent {}
    public enum APIKey {}
    public enum Booking {}
    public enum Calendar {}
    public enum Consultation {}
    public enum Contract {}
    public enum EscalationChain {}
    public enum EscalationRun {}
    public enum Group {}
    public enum Message {}
    public enum Organization {}
    public enum OutboxMessage {}
    public enum Playbook {}
    public enum Queue {}
    public enum Requester {}
    public enum Resource {}
    public enum Rota {}
    public enum Settlement {}
    public enum Site {}
    public enum Skill {}
    public enum SLAPenalty {}
    public enum SLAPolicy {}
    public enum SLAReevaluation {}
    public enum SLAWaiver {}
    public enum Tenant {}
    public enum Ticket {}
    public enum TicketTask {}
    public enum WebhookEndpoint {}
}

public typealias AbsenceID = ID<Entity.Absence>
public typealias AgentID = ID<Entity.Agent>
public typealias APIKeyID = ID<Entity.APIKey>
public typealias BookingID = ID<Entity.Booking>
public typealias CalendarID = ID<Entity.Calendar>
public typealias ConsultationID = ID<Entity.Consultation>
public typealias ContractID = ID<Entity.Contract>
public typealias EscalationChainID = ID<Entity.EscalationChain>
public typealias EscalationRunID = ID<Entity.EscalationRun>
public typealias GroupID = ID<Entity.Group>
public typealias MessageID = ID<Entity.Message>
public typealias OrganizationID = ID<Entity.Organization>
public typealias OutboxMessageID = ID<Entity.OutboxMessage>
public typealias PlaybookID = ID<Entity.Playbook>
public typealias QueueID = ID<Entity.Queue>
public typealias RequesterID = ID<Entity.Requester>
public typealias ResourceID = ID<Entity.Resource>
public typealias RotaID = ID<Entity.Rota>
public typealias SettlementID = ID<Entity.Settlement>
public typealias SiteID = ID<Entity.Site>
public typealias SkillID = ID<Entity.Skill>
public typealias SLAPenaltyID = ID<Entity.SLAPenalty>
public typealias SLAPolicyID = ID<Entity.SLAPolicy>
public typealias SLAReevaluationID = ID<Entity.SLAReevaluation>
public typealias SLAWaiverID = ID<Entity.SLAWaiver>
public typealias TenantID = ID<Entity.Tenant>
public typealias TicketID = ID<Entity.Ticket>
public typealias TicketTaskID = ID<Entity.TicketTask>
public typealias WebhookEndpointID = ID<Entity.WebhookEndpoint>
