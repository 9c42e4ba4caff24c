/// How a ticket came in (features.md A1.1).
public enum Channel: String, CaseIterable, Hashable, Sendable, Codable {
    case web, email, api, wecom, dingtalk, feishu, phone, qr, social, trigger
}
