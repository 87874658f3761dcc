using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mempulse.Ethereum.Forks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Tests.Chains;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>The rules of a blockchain test: one fork, or two with the height, time or total difficulty between them ("ShanghaiToCancunAtTime15k").</summary>
internal sealed partial class NetworkRules : IChainRules
{
    private readonly ForkRules _before;
    private readonly ForkRules _after;
    private readonly string _measure;
    private readonly UInt256 _from;

    /// <summary>Reads the name of the network, and the schedule of blobs where the test has one.</summary>
    /// <exception cref="InvalidDataException">No fork has that name.</exception>
    public NetworkRules(string network, JsonElement config)
    {
        ChainId = config.ValueKind == JsonValueKind.Object && config.TryGetProperty("chainid", out _) ? config.Number64("chainid") : MainnetForks.ChainId;
        var transition = Transition().Match(network);
        _before = RulesOf(transition.Success ? transition.Groups["before"].Value : network, config);
        _after = transition.Success ? RulesOf(transition.Groups["after"].Value, config) : _before;
        _measure = transition.Groups["measure"].Value;
        _from = transition.Success ? Number(transition.Groups["at"].Value, _measure) : default;
    }

    public ulong ChainId { get; }

    public Address DepositContract => Eip6110.MainnetContract;

    public ForkRules At(ulong number, ulong timestampSeconds, in UInt256 difficultyBefore)
    {
        UInt256 at = _measure switch
        {
            "Time" => timestampSeconds,
            "Diff" => difficultyBefore,
            _ => number,
        };
        return at >= _from ? _after : _before;
    }

    private static ForkRules RulesOf(string name, JsonElement config)
    {
        // Forks of parameters alone, after those that mainnet had: their schedule makes them.
        bool isMade = LaterParameters().IsMatch(name);
        var rules = ForkHistory.Of(isMade ? Fork.Bpo2 : ForkNames.Of(name));
        if (config.ValueKind == JsonValueKind.Object && config.TryGetProperty("blobSchedule", out var schedules) && schedules.TryGetProperty(name, out var schedule))
        {
            return rules with
            {
                Blobs = new BlobSchedule((int)schedule.Number64("target"), (int)schedule.Number64("max"), schedule.Number64("baseFeeUpdateFraction")),
            };
        }

        return isMade ? throw new InvalidDataException($"The test has no schedule of blobs for {name}.") : rules;
    }

    /// <summary>Heights and times are decimal, with a k for thousands; a difficulty is hex.</summary>
    private static UInt256 Number(string text, string measure)
    {
        if (measure == "Diff")
        {
            return HexJson.Number("0x" + text);
        }

        return text.EndsWith('k') ? (UInt256)(ulong.Parse(text[..^1], CultureInfo.InvariantCulture) * 1000) : HexJson.Number(text);
    }

    [GeneratedRegex("^(?<before>.+)To(?<after>.+)At(?<measure>Time|Diff|)(?<at>[0-9A-F]+k?)$")]
    private static partial Regex Transition();

    [GeneratedRegex("^BPO[3-9]$")]
    private static partial Regex LaterParameters();
}
