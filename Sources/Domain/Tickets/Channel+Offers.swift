extension Channel {
    /// Whether somebody is waiting at the other end right now.
    public var isLive: Bool {
        switch self {
        case .phone, .wecom, .dingtalk, .feishu, .social: true
        case .web, .email, .api, .qr, .trigger: false
        }
    }

    /// After so many offers let pass in a row an agent is taken to be away (routing.md G).
    public var maximumMisses: Int { isLive ? 1 : 2 }
}
