/// The agents' levels of the skills that tickets ask for: one row a skill, one column an agent, 0 where the agent lacks it.
struct SkillTable: Sendable {
    private let agentCount: Int
    /// The agents' skills one after the other, and who holds each.
    private var heldSkills: [SkillID] = []
    private var holders: [Int32] = []
    private var heldLevels: [UInt8] = []
    private var rowOfSkill: [SkillID: Int] = [:]
    private var levels: [UInt8] = []

    init(_ agents: [RoutingAgent]) {
        agentCount = agents.count
        for index in agents.indices {
            let skills = agents[index].skills
            for position in skills.indices {
                heldSkills.append(skills[position].skill)
                holders.append(Int32(index))
                heldLevels.append(UInt8(skills[position].level))
            }
        }
    }

    /// The row of a skill; made at the first use, because most skills of a tenant are not asked for by a given batch.
    mutating func row(of skill: SkillID) -> Int {
        if let row = rowOfSkill[skill] { return row }
        let row = rowOfSkill.count
        rowOfSkill[skill] = row
        levels.append(contentsOf: repeatElement(0, count: agentCount))
        let base = row * agentCount
        for index in heldSkills.indices where heldSkills[index] == skill {
            levels[base + Int(holders[index])] = heldLevels[index]
        }
        return row
    }

    func level(row: Int, agent: Int) -> Int {
        Int(levels[row * agentCount + agent])
    }
}
