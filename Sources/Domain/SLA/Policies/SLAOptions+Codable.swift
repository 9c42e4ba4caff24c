extension SLAOptions: Codable {
    private enum Key: String, CodingKey {
        case noteIsFirstResponse = "note_is_first_response"
        case botReplyCounts = "bot_reply_counts"
        case noteIsUpdate = "note_is_update"
        case firstResponsePausesInPending = "first_response_pauses_in_pending"
        case periodicUpdatePausesInPending = "periodic_update_pauses_in_pending"
        case reopen
        case retarget
    }

    /// Every option may be left out.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func flag(_ key: Key) throws -> Bool { try fields.decodeIfPresent(Bool.self, forKey: key) ?? false }
        self.init()
        noteIsFirstResponse = try flag(.noteIsFirstResponse)
        botReplyCounts = try flag(.botReplyCounts)
        noteIsUpdate = try flag(.noteIsUpdate)
        firstResponsePausesInPending = try flag(.firstResponsePausesInPending)
        periodicUpdatePausesInPending = try flag(.periodicUpdatePausesInPending)
        reopen = try fields.decodeIfPresent(Reopen.self, forKey: .reopen) ?? .continue
        retarget = try fields.decodeIfPresent(Retarget.self, forKey: .retarget) ?? .retroactive
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(noteIsFirstResponse, forKey: .noteIsFirstResponse)
        try fields.encode(botReplyCounts, forKey: .botReplyCounts)
        try fields.encode(noteIsUpdate, forKey: .noteIsUpdate)
        try fields.encode(firstResponsePausesInPending, forKey: .firstResponsePausesInPending)
        try fields.encode(periodicUpdatePausesInPending, forKey: .periodicUpdatePausesInPending)
        try fields.encode(reopen, forKey: .reopen)
        try fields.encode(retarget, forKey: .retarget)
    }
}
