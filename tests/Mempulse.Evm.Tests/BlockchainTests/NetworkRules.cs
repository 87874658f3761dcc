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

/// <summary>Fork rules of a blockchain test: one fork, or a transition at a height, time or total difficulty ("ShanghaiToCancunAtTime15k").</summary>
internal sealed partial class NetworkRules : IChainRules
{
    private const string DaoFork = "Dao";

    private readonly ForkRules _before;
    private readonly ForkRules _after;
    private readonly string _measure;
    private readonly UInt256 _from;

    /// <summary>Parses the network name and the test's blob schedule, if it has one.</summary>
    /// <exception cref="InvalidDataException">The network name is not a known fork.</exception>
    public NetworkRules(string network, JsonElement config)
    {
        bool hasChainId = config.ValueKind == JsonValueKind.Object && config.TryGetProperty("chainid", out _);
        ChainId = hasChainId ? config.Number64("chainid") : MainnetForks.ChainId;
        var transition = Transition().Match(network);
        _before = RulesOf(transition.Success ? transition.Groups["before"].Value : network, config);
        bool hasOtherRules = transition.Success && transition.Groups["after"].Value != DaoFork;
        _after = hasOtherRules ? RulesOf(transition.Groups["after"].Value, config) : _before;
        _measure = transition.Groups["measure"].Value;
        _from = transition.Success ? Number(transition.Groups["at"].Value, _measure) : default;
        if (transition.Groups["after"].Value == DaoFork)
        {
            // The blocks before the fork are those of Homestead, too, and the fork's own height decides.
            _before = _after = _before with { DaoForkBlock = _from.LowUInt64 };
        }
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
        // Blob-parameter-only forks after mainnet's BPO2: the test's blob schedule defines them.
        bool isFutureBpo = FutureBpo().IsMatch(name);
        var rules = ForkHistory.Of(isFutureBpo ? Fork.Bpo2 : ForkNames.Of(name));
        if (config.ValueKind == JsonValueKind.Object && config.TryGetProperty("blobSchedule", out var schedules) && schedules.TryGetProperty(name, out var schedule))
        {
            return rules with
            {
                Blobs = new BlobSchedule((int)schedule.Number64("target"), (int)schedule.Number64("max"), schedule.Number64("baseFeeUpdateFraction")),
            };
        }

        return isFutureBpo ? throw new InvalidDataException($"The test has no blob schedule for '{name}'.") : rules;
    }

    /// <summary>Parses a transition point: heights and times are decimal with an optional "k" for thousands, difficulties are hex.</summary>
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
    private static partial Regex FutureBpo();
}
