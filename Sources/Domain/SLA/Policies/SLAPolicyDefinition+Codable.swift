extension SLAPolicyDefinition: Codable {
    private enum Key: String, CodingKey {
        case name
        case serviceDescription = "service_description"
        case quality
        case targets
        case penalties
        case measures
        case cancelConditions = "cancel_conditions"
        case conditions
        case calendar = "calendar_id"
        case pauses
        case warnings
        case chain = "chain_id"
        case options
    }

    /// Only `name` and `targets` are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        self.init(name: try fields.decode(String.self, forKey: .name), targets: try fields.decode([SLATarget].self, forKey: .targets))
        serviceDescription = try fields.decodeIfPresent(String.self, forKey: .serviceDescription) ?? ""
        quality = try fields.decodeIfPresent(String.self, forKey: .quality) ?? ""
        penalties = try fields.decodeIfPresent([SLAPenaltyBand].self, forKey: .penalties) ?? []
        measures = try fields.decodeIfPresent([SLAPerformanceMeasure].self, forKey: .measures) ?? []
        cancelConditions = try fields.decodeIfPresent([TicketCondition].self, forKey: .cancelConditions) ?? []
        conditions = try fields.decodeIfPresent(TicketCondition.self, forKey: .conditions) ?? .all([])
        calendar = try fields.decodeIfPresent(CalendarID.self, forKey: .calendar)
        pauses = try fields.decodeIfPresent([SLAPause].self, forKey: .pauses) ?? []
        warnings = try fields.decodeIfPresent([SLAWarning].self, forKey: .warnings) ?? []
        chain = try fields.decodeIfPresent(EscalationChainID.self, forKey: .chain)
        options = try fields.decodeIfPresent(SLAOptions.self, forKey: .options) ?? SLAOptions()
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(serviceDescription, forKey: .serviceDescription)
        try fields.encode(quality, forKey: .quality)
        try fields.encode(targets, forKey: .targets)
        try fields.encode(penalties, forKey: .penalties)
        try fields.encode(measures, forKey: .measures)
        try fields.encode(cancelConditions, forKey: .cancelConditions)
        try fields.encode(conditions, forKey: .conditions)
        try fields.encodeIfPresent(calendar, forKey: .calendar)
        try fields.encode(pauses, forKey: .pauses)
        try fields.encode(warnings, forKey: .warnings)
        try fields.encodeIfPresent(chain, forKey: .chain)
        try fields.encode(options, forKey: .options)
    }
}
