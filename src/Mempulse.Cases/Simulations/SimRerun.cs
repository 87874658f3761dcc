using System.Globalization;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Cases.Simulations;

/// <summary>A recorded simulation, executed again from its witness, and its differences from the log.</summary>
/// <param name="Recorded">The simulation in the log.</param>
/// <param name="Again">The new result.</param>
/// <param name="Trace">The new call traces.</param>
/// <param name="Steps">The new instructions; null if they were not requested.</param>
public sealed record SimRerun(RecordedSim Recorded, LogEvent.SimCompleted Again, ReadOnlyMemory<byte> Trace, ReadOnlyMemory<byte>? Steps)
{
    /// <summary>Every part of the fact that differs.</summary>
    public IReadOnlyList<(string Field, string Logged, string Again)> Differences { get; } = Compare(Recorded.Fact, Again);

    /// <summary>A sentence if another engine or other rules made the recorded result; otherwise null.</summary>
    public string? OtherVersion => Recorded.Fact is var fact && (fact.EngineVersion, fact.RulesVersion) == (SimVersions.Engine, SimVersions.Rules)
        ? null
        : $"It was made by engine {fact.EngineVersion} with rules {fact.RulesVersion}; this is engine {SimVersions.Engine} with rules {SimVersions.Rules}. That may explain differences.";

    /// <summary>Executes a simulation again; with its instructions if the log has their digest or they are requested.</summary>
    /// <param name="recorded">The simulation in the log.</param>
    /// <param name="wantsSteps">Whether its instructions are requested.</param>
    public static SimRerun Of(RecordedSim recorded, bool wantsSteps)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var simulator = new Simulator(SenderRecovery.CreateBest());
        var run = simulator.Rerun(recorded.Witness);
        bool isLogged = recorded.Fact.StepsDigest is not null;
        ReadOnlyMemory<byte>? lines = isLogged || wantsSteps ? simulator.TraceSteps(recorded.Witness) : default(ReadOnlyMemory<byte>?);
        var again = SimFact.Of(
            recorded.Witness.Request,
            run.Result,
            Keccak256.Hash(WitnessCodec.Encode(run.Witness with { Form = recorded.Witness.Form })),
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
            ("outcome", OutcomeName.Of(logged.Category), OutcomeName.Of(again.Category)),
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
