using System.Globalization;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Cli.Simulations;

/// <summary>A recorded simulation, executed again out of its witness, and what differs from the log.</summary>
/// <param name="Recorded">What the log says.</param>
/// <param name="Again">What came of it now.</param>
/// <param name="Trace">Its call trees now.</param>
/// <param name="Steps">Its instructions now; null when nobody wants them.</param>
internal sealed record SimRerun(RecordedSim Recorded, LogEvent.SimCompleted Again, ReadOnlyMemory<byte> Trace, ReadOnlyMemory<byte>? Steps)
{
    /// <summary>Every part of the fact in which the two differ.</summary>
    public IReadOnlyList<(string Field, string Logged, string Again)> Differences { get; } = Compare(Recorded.Fact, Again);

    /// <summary>That another engine or other rules made it, in a sentence; null when the same did.</summary>
    public string? OtherVersion => Recorded.Fact is var fact && (fact.EngineVersion, fact.RulesVersion) == (SimVersions.Engine, SimVersions.Rules)
        ? null
        : $"It was made by engine {fact.EngineVersion} with rules {fact.RulesVersion}, this is engine {SimVersions.Engine} with rules {SimVersions.Rules}: what differs may come from there.";

    /// <summary>Executes it again; with its instructions where the log has their digest, or where they are asked for.</summary>
    public static SimRerun Of(RecordedSim recorded, bool wantsSteps)
    {
        var simulator = new Simulator(SenderRecovery.CreateBest());
        var run = simulator.Rerun(recorded.Witness);
        bool isLogged = recorded.Fact.StepsDigest is not null;
        ReadOnlyMemory<byte>? lines = isLogged || wantsSteps ? simulator.TraceSteps(recorded.Witness) : default(ReadOnlyMemory<byte>?);
        var again = SimFact.Of(
            recorded.Witness.Request,
            run.Result,
            Keccak256.Hash(WitnessCodec.Encode(run.Witness)),
            isLogged ? Keccak256.Hash(lines!.Value.Span) : null);
        return new SimRerun(recorded, again, run.Trace, lines);
    }

    private static List<(string Field, string Logged, string Again)> Compare(LogEvent.SimCompleted logged, LogEvent.SimCompleted again)
    {
        (string Field, string Logged, string Again)[] parts =
        [
            ("id", logged.Sim.ToString(), again.Sim.ToString()),
            ("base", logged.Base.ToString(), again.Base.ToString()),
            ("base number", logged.BaseNumber.ToString(), again.BaseNumber.ToString()),
            ("opportunity", Text(logged.Opportunity), Text(again.Opportunity)),
            ("outcome", logged.Category.ToString(), again.Category.ToString()),
            ("failed index", Text(logged.FailedIndex), Text(again.FailedIndex)),
            ("detail", logged.Detail, again.Detail),
            ("gas used", logged.GasUsed.ToString(), again.GasUsed.ToString()),
            ("account", logged.Account.ToString(), again.Account.ToString()),
            ("profit", logged.Profit.ToString(), again.Profit.ToString()),
            ("coinbase payment", logged.CoinbasePayment.ToString(), again.CoinbasePayment.ToString()),
            ("verified", logged.IsVerified.ToString(), again.IsVerified.ToString()),
            ("transactions", string.Join(' ', logged.Transactions), string.Join(' ', again.Transactions)),
            ("logs digest", logged.LogsDigest.ToString(), again.LogsDigest.ToString()),
            ("trace digest", logged.TraceDigest.ToString(), again.TraceDigest.ToString()),
            ("steps digest", Text(logged.StepsDigest), Text(again.StepsDigest)),
            ("witness digest", logged.WitnessDigest.ToString(), again.WitnessDigest.ToString()),
            ("engine version", Text(logged.EngineVersion), Text(again.EngineVersion)),
            ("rules version", Text(logged.RulesVersion), Text(again.RulesVersion)),
        ];
        return [.. parts.Where(part => part.Logged != part.Again)];
    }

    private static string Text(Hash256? hash) => hash?.ToString() ?? "none";

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";
}
