/// A ticket to be made. Members that are nil are left out.
struct TicketBody: Encodable, Sendable {
    let subject: String
    let category: String?
    let location: String?
    let impact: Int
    let urgency: Int
    let external_ref: String
    let group_id: String?
    let required_skills: [SkillAtLevel]
}
