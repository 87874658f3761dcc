using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>The fork schedule in the "config" of go-ethereum's genesis files.</summary>
internal sealed class GenesisConfig(JsonElement config) : IChainRules
{
    private static readonly (string Setting, Fork Fork)[] ByNumber =
    [
        ("homesteadBlock", Fork.Homestead), ("eip150Block", Fork.TangerineWhistle), ("eip158Block", Fork.SpuriousDragon),
        ("byzantiumBlock", Fork.Byzantium), ("constantinopleBlock", Fork.Constantinople), ("petersburgBlock", Fork.Petersburg),
        ("istanbulBlock", Fork.Istanbul), ("berlinBlock", Fork.Berlin), ("londonBlock", Fork.London),
    ];

    private static readonly (string Setting, Fork Fork)[] ByTime =
    [
        ("shanghaiTime", Fork.Shanghai), ("cancunTime", Fork.Cancun), ("pragueTime", Fork.Prague), ("osakaTime", Fork.Osaka),
        ("bpo1Time", Fork.Bpo1), ("bpo2Time", Fork.Bpo2),
    ];

    private static readonly (string Setting, Fork Fork)[] BlobSchedules =
    [
        ("cancun", Fork.Cancun), ("prague", Fork.Prague), ("osaka", Fork.Osaka), ("bpo1", Fork.Bpo1), ("bpo2", Fork.Bpo2),
    ];

    public ulong ChainId { get; } = config.GetProperty("chainId").GetUInt64();

    public Address DepositContract { get; } =
        config.TryGetProperty("depositContractAddress", out var contract) ? Address.Parse(contract.GetString()!) : Eip6110.MainnetContract;

    private ulong? DaoForkBlock { get; } =
        config.TryGetProperty("daoForkBlock", out var block) && block.TryGetUInt64(out ulong number)
        && config.TryGetProperty("daoForkSupport", out var support) && support.GetBoolean() ? number : null;

    public ForkRules At(ulong number, ulong timestampSeconds, in UInt256 difficultyBefore)
    {
        var rules = ForkHistory.Of(ForkAt(number, timestampSeconds, difficultyBefore)) with { DaoForkBlock = DaoForkBlock };
        foreach (var (setting, fork) in BlobSchedules)
        {
            if (rules.Has(fork) && config.TryGetProperty("blobSchedule", out var schedules) && schedules.TryGetProperty(setting, out var schedule))
            {
                rules = rules with { Blobs = Read(schedule) };
            }
        }

        return rules;
    }

    private Fork ForkAt(ulong number, ulong timestampSeconds, in UInt256 difficultyBefore)
    {
        var fork = Fork.Frontier;
        foreach (var (setting, next) in ByNumber)
        {
            fork = Reaches(setting, number) ? next : fork;
        }

        fork = Reaches("terminalTotalDifficulty", difficultyBefore) ? Fork.Paris : fork;
        foreach (var (setting, next) in ByTime)
        {
            fork = fork >= Fork.London && Reaches(setting, timestampSeconds) ? next : fork;
        }

        return fork;
    }

    /// <summary>Setting names are case-insensitive, as in Go's JSON decoder.</summary>
    private bool Reaches(string setting, UInt256 at) => config.EnumerateObject().Any(field =>
        field.Name.Equals(setting, StringComparison.OrdinalIgnoreCase) && field.Value.ValueKind == JsonValueKind.Number
        && UInt256.TryParse(field.Value.GetRawText(), out var from) && from <= at);

    private static BlobSchedule Read(JsonElement schedule) => new(
        schedule.GetProperty("target").GetInt32(), schedule.GetProperty("max").GetInt32(), schedule.GetProperty("baseFeeUpdateFraction").GetUInt64());
}
