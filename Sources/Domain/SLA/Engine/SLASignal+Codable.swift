extension SLASignal: Codable {
    private enum Key: String, CodingKey {
        case at
        case type
        case author = "by"
        case importedAt = "imported_at"
        case isBot = "bot"
        case category
        case name
        case stage
        case priority
        case policy
        case calendar
        case keepsRules = "keeps_rules"
        case followsEdits = "follows_edits"
        case precedesState = "precedes_state"
        case followsPolicy = "follows_policy"
        case organization
        case group
        case oldestUnanswered = "oldest_unanswered"
        case honoursPauses = "honours_pauses"
    }

    private enum Name: String, CaseIterable, Codable, NamedChoice {
        case created
        case customerMessage = "customer_message"
        case agentReply = "agent_reply"
        case internalNote = "internal_note"
        case stateEntered = "state_entered"
        case stageEntered = "stage_entered"
        case priorityChanged = "priority_changed"
        case policyChanged = "policy_changed"
        case organizationChanged = "organization_changed"
        case groupAssigned = "group_assigned"
        case agentAction = "agent_action"
        case merged
        case absorbed
        case cancelConditionMet = "cancel_condition_met"
    }

    /// `{"at": "2024-03-04T08:00:00Z", "type": "state_entered", "category": "pending"}`; see ``Kind`` for what each type carries.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let kind: Kind
        switch try fields.decode(Name.self, forKey: .type) {
        case .created:
            kind = .created(
                by: try fields.decodeIfPresent(Author.self, forKey: .author) ?? .customer,
                importedAt: try fields.decodeIfPresent(Timestamp.self, forKey: .importedAt)
            )
        case .customerMessage: kind = .customerMessage
        case .agentReply: kind = .agentReply(isBot: try fields.decodeIfPresent(Bool.self, forKey: .isBot) ?? false)
        case .internalNote: kind = .internalNote
        case .stateEntered:
            kind = .stateEntered(
                try fields.decode(StateCategory.self, forKey: .category),
                name: try fields.decodeIfPresent(String.self, forKey: .name)
            )
        case .stageEntered: kind = .stageEntered(try fields.decodeIfPresent(SLAStage.self, forKey: .stage))
        case .priorityChanged: kind = .priorityChanged(try fields.decode(Priority.self, forKey: .priority))
        case .policyChanged:
            kind = .policyChanged(
                try fields.decodeIfPresent(SLAPolicyReference.self, forKey: .policy),
                calendar: try fields.decodeIfPresent(CalendarReference.self, forKey: .calendar),
                keepsRules: try fields.decodeIfPresent(Bool.self, forKey: .keepsRules) ?? true,
                followsEdits: try fields.decodeIfPresent(Bool.self, forKey: .followsEdits) ?? true
            )
        case .organizationChanged: kind = .organizationChanged(try fields.decodeIfPresent(OrganizationID.self, forKey: .organization))
        case .groupAssigned: kind = .groupAssigned(try fields.decodeIfPresent(GroupID.self, forKey: .group))
        case .agentAction: kind = .agentAction
        case .merged: kind = .merged
        case .absorbed:
            kind = .absorbed(
                oldestUnanswered: try fields.decodeIfPresent(Timestamp.self, forKey: .oldestUnanswered),
                honoursPauses: try fields.decodeIfPresent(Bool.self, forKey: .honoursPauses) ?? true
            )
        case .cancelConditionMet:
            kind = .cancelConditionMet(
                precedesState: try fields.decodeIfPresent(Bool.self, forKey: .precedesState) ?? true,
                followsPolicy: try fields.decodeIfPresent(Bool.self, forKey: .followsPolicy) ?? true
            )
        }
        self.init(at: try fields.decode(Timestamp.self, forKey: .at), kind)
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(at, forKey: .at)
        try fields.encode(name, forKey: .type)
        switch kind {
        case .created(let author, let importedAt):
            try fields.encode(author, forKey: .author)
            try fields.encodeIfPresent(importedAt, forKey: .importedAt)
        case .agentReply(let isBot): try fields.encode(isBot, forKey: .isBot)
        case .stateEntered(let category, let name):
            try fields.encode(category, forKey: .category)
            try fields.encodeIfPresent(name, forKey: .name)
        case .stageEntered(let stage): try fields.encodeIfPresent(stage, forKey: .stage)
        case .priorityChanged(let priority): try fields.encode(priority, forKey: .priority)
        case .policyChanged(let policy, let calendar, let keepsRules, let followsEdits):
            try fields.encodeIfPresent(policy, forKey: .policy)
            try fields.encodeIfPresent(calendar, forKey: .calendar)
            if !keepsRules { try fields.encode(keepsRules, forKey: .keepsRules) }
            if !followsEdits { try fields.encode(followsEdits, forKey: .followsEdits) }
        case .organizationChanged(let organization): try fields.encodeIfPresent(organization, forKey: .organization)
        case .groupAssigned(let group): try fields.encodeIfPresent(group, forKey: .group)
        case .absorbed(let oldest, let honoursPauses):
            try fields.encodeIfPresent(oldest, forKey: .oldestUnanswered)
            if !honoursPauses { try fields.encode(honoursPauses, forKey: .honoursPauses) }
        case .cancelConditionMet(let precedesState, let followsPolicy):
            if !precedesState { try fields.encode(precedesState, forKey: .precedesState) }
            if !followsPolicy { try fields.encode(followsPolicy, forKey: .followsPolicy) }
        case .customerMessage, .internalNote, .agentAction, .merged: break
        }
    }

    private var name: Name {
        switch kind {
        case .created: .created
        case .customerMessage: .customerMessage
        case .agentReply: .agentReply
        case .internalNote: .internalNote
        case .stateEntered: .stateEntered
        case .stageEntered: .stageEntered
        case .priorityChanged: .priorityChanged
        case .policyChanged: .policyChanged
        case .organizationChanged: .organizationChanged
        case .groupAssigned: .groupAssigned
        case .agentAction: .agentAction
        case .merged: .merged
        case .absorbed: .absorbed
        case .cancelConditionMet: .cancelConditionMet
        }
    }
}
