using Mempulse.Client.Text;
using Mempulse.Client.Simulations;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Api.Simulations;

/// <summary>Turns a simulation into a response.</summary>
internal static class SimText
{
    public static SimResponse Of(ChainId chain, SimView sim, bool hasTrace, ContractRegistry? registry)
    {
        var fact = sim.Fact;
        var view = sim.Record.View;
        return new SimResponse
        {
            Chain = chain.ToString(),
            Id = fact.Sim.ToString(),
            Seq = view.Seq.Value,
            Time = view.Timestamp.ToRfc3339(),
            Outcome = OutcomeName.Of(fact.Category),
            Detail = fact.Detail,
            FailedIndex = fact.FailedIndex,
            Verified = fact.IsVerified,
            Base = new SimBasePart(fact.Base.ToString(), fact.BaseNumber.Value, sim.Base.ToString(), sim.AsOf.Value),
            GasUsed = fact.GasUsed.Value,
            CoinbasePayment = fact.CoinbasePayment.ToString(),
            Account = fact.Account.ToString(),
            Profit = fact.Profit.ToString(),
            Opportunity = fact.Opportunity?.ToString(),
            Transactions = [.. fact.Transactions.Select(hash => hash.ToString())],
            Labels = SimLabels.Of(chain, sim, registry),
            Digests = new SimDigestsPart(fact.LogsDigest.ToString(), fact.TraceDigest.ToString(), fact.WitnessDigest.ToString(), fact.StepsDigest?.ToString()),
            EngineVersion = fact.EngineVersion,
            RulesVersion = fact.RulesVersion,
            Rerun = sim.HasWitness ? $"mempulse sim rerun {fact.Sim} --log {sim.LogDirectory}" : null,
            Steps = fact.StepsDigest is null ? null : $"/sim/{fact.Sim}/steps?chain={chain}",
            Damage = sim.Damage.Length > 0 ? sim.Damage : null,
            Trace = hasTrace && sim.Trace is { IsEmpty: false } trace ? new RawJson(trace) : null,
        };
    }

    public static SimTxPart Of(SimTxView transaction) => new()
    {
        TxHash = transaction.Hash.ToString(),
        FromAddress = transaction.Sender.ToString(),
        Succeeded = transaction.Succeeded,
        Status = transaction.Status,
        GasUsed = transaction.GasUsed.Value,
        ReturnData = Hex(transaction.Output),
        Revert = transaction.Revert.Length > 0 ? transaction.Revert : null,
        ContractAddress = transaction.Created?.ToString(),
        CoinbasePayment = transaction.CoinbasePayment.ToString(),
        Logs = [.. transaction.Logs.Select(log => new SimLogPart(log.Address.ToString(), [.. log.Topics.Select(topic => topic.ToString())], Hex(log.Data)))],
        StepDigest = transaction.StepDigest.IsZero ? null : transaction.StepDigest.ToString(),
    };

    public static TokenDeltaPart Of(SimTokenDelta delta) => new(delta.Token.ToString(), delta.Amount);

    private static string Hex(ReadOnlyMemory<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes.Span);
}
