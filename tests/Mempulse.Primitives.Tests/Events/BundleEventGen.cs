using CsCheck;
using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Random events of bundles, attempts and outcomes.</summary>
internal static class BundleEventGen
{
    private static readonly Gen<ulong> Number = Gen.OneOf(Gen.ULong, Gen.ULong[0, 300]);

    private static readonly Gen<int> Count = Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, int.MaxValue]);

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char['\0', '\u07ff'], 0, 40], Gen.String[Gen.Char.AlphaNumeric, 0, 300]);

    private static readonly Gen<Wei> Amount = Gen.OneOf(
        Number.Select(value => new Wei(value)),
        Gen.Byte.Array[UInt256.Size].Select(bytes => new Wei(UInt256.FromBigEndian(bytes))));

    private static readonly Gen<WeiDelta> Delta = Gen.Select(Amount, Gen.Bool, (amount, isLoss) => isLoss ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount));

    private static readonly Gen<Hash256> Hash = EventGen.Hash;

    private static readonly Gen<Hash256?> AnyHash = Hash.Nullable();

    private static readonly Gen<int?> Place = Gen.Int[0, 5_000].Nullable();

    private static readonly Gen<BundleTx[]> Transactions = Gen.Select(
        Gen.Select(Hash, EventGen.Account), Number, Amount, Gen.Bool, Gen.Bool,
        (id, nonce, fee, own, reverts) => new BundleTx(id.Item1, id.Item2, new Nonce(nonce), fee, own, reverts)).Array[0, 4];

    private static readonly Gen<LogEvent> Built = Gen.Select(
        Gen.Select(Hash, Hash, Hash, Hash.Array[0, 3]),
        Gen.Select(Number, Number, Text, Count),
        Gen.Select(Hash, EventGen.Account, EventGen.Account, Transactions),
        Gen.Select(Number, Amount, Amount, Amount),
        Gen.Select(Text, Delta, Text, Number),
        Gen.Select(AnyHash, Gen.Bool, Gen.Bool),
        (ids, plan, content, terms, rest, end) => (LogEvent)new LogEvent.BundleBuilt
        {
            Bundle = ids.Item1,
            Base = ids.Item2,
            Sim = ids.Item3,
            Opportunities = ids.Item4,
            BaseNumber = new BlockNumber(plan.Item1),
            Target = new BlockNumber(plan.Item2),
            Strategy = plan.Item3,
            StrategyVersion = plan.Item4,
            Content = content.Item1,
            Operator = content.Item2,
            Account = content.Item3,
            Token = content.Item2,
            Transactions = content.Item4,
            GasLimit = new Gas(terms.Item1),
            BaseFee = terms.Item2,
            Tip = terms.Item3,
            Payment = terms.Item4,
            PaymentPolicy = rest.Item1,
            Profit = rest.Item2,
            Uuid = rest.Item3,
            Sequence = rest.Item4,
            Replaces = end.Item1,
            IsSigned = end.Item2,
            IsDryRun = end.Item3,
        });

    private static readonly Gen<LogEvent> Started = Gen.Select(
        Gen.Select(Hash, Text, Gen.Int[0, 9], Count), Number, Hash, Hash, Gen.Bool,
        (id, backoff, seed, request, isDryRun) => (LogEvent)new LogEvent.AttemptStarted
        {
            Bundle = id.Item1,
            Relay = id.Item2,
            Command = (RelayCommandKind)id.Item3,
            Number = id.Item4,
            BackoffMilliseconds = backoff,
            Seed = seed,
            Request = request,
            IsDryRun = isDryRun,
        });

    private static readonly Gen<LogEvent> Answered = Gen.Select(
        Gen.Select(Hash, Text, Gen.Int[0, 9], Count), Gen.Int[0, 30], Gen.Int[0, 5], Place, Number, Text, Gen.Bool,
        (id, kind, consequence, status, latency, detail, isDryRun) => (LogEvent)new LogEvent.RelayAttempt
        {
            Bundle = id.Item1,
            Relay = id.Item2,
            Command = (RelayCommandKind)id.Item3,
            Number = id.Item4,
            Class = (ErrorClass)kind,
            Consequence = (AttemptConsequence)consequence,
            Status = status,
            LatencyMicroseconds = latency,
            Detail = detail,
            IsDryRun = isDryRun,
        });

    private static readonly Gen<LogEvent> RelayData = Gen.Select(
        Gen.Select(Hash, Text, Gen.Int[0, 3], Number), Gen.Select(Hash, Number, Text, EventGen.Account), Number, Amount, Number, Number.Nullable(),
        (id, block, gas, value, count, received) => (LogEvent)new LogEvent.RelayDataObserved
        {
            Block = id.Item1,
            Relay = id.Item2,
            Subject = (RelayDataKind)id.Item3,
            Slot = id.Item4,
            Parent = block.Item1,
            Number = new BlockNumber(block.Item2),
            Builder = block.Item3,
            FeeRecipient = block.Item4,
            GasUsed = new Gas(gas),
            Value = value,
            TransactionCount = count,
            ReceivedMilliseconds = received,
        });

    private static readonly Gen<LogEvent> Examined = Gen.Select(
        Gen.Select(Hash, Hash, AnyHash, Place), Gen.Select(Gen.Int[0, 9], Count, Gen.Bool, Count), Delta,
        Gen.Select(EventGen.Account, Amount, Amount, (contract, slot, value) => new ContractSlot(contract, new ObservedSlot(slot.Value, value.Value))).Array[0, 4], Hash, Text,
        (id, finding, profit, conflicts, witness, detail) => (LogEvent)new LogEvent.CompetitionExamined
        {
            Bundle = id.Item1,
            Block = id.Item2,
            Competitor = id.Item3,
            CompetitorIndex = id.Item4,
            Finding = (CompetitionFinding)finding.Item1,
            Executions = finding.Item2,
            IsVerified = finding.Item3,
            EngineVersion = finding.Item4,
            ProfitBefore = profit,
            Conflicts = conflicts,
            WitnessDigest = witness,
            Detail = detail,
        });

    private static readonly Gen<LogEvent> Decided = Gen.Select(
        Gen.Select(Hash, AnyHash, AnyHash, Place), Gen.Select(Gen.Int[0, 20], Gen.Int[0, 5], Gen.Int[0, 9], Number), Delta, Gen.Select(Gen.Bool, Delta), Text,
        Number.Select(seq => new EvidenceRecord(new GlobalSeq(seq))).Array[0, 5], Text,
        (id, verdict, simulated, realised, relay, evidence, rules) => (LogEvent)new LogEvent.BundleOutcome
        {
            Bundle = id.Item1,
            Block = id.Item2,
            By = id.Item3,
            Index = id.Item4,
            Verdict = (BundleVerdict)verdict.Item1,
            Strength = (EvidenceStrength)verdict.Item2,
            Need = (OutcomeNeed)verdict.Item3,
            Number = new BlockNumber(verdict.Item4),
            Simulated = simulated,
            IsRealisedKnown = realised.Item1,
            Realised = realised.Item2,
            Relay = relay,
            Evidence = evidence,
            Rules = rules,
        });

    private static readonly Gen<LogEvent> Health = Gen.Select(
        Text, Gen.Int[0, 5], Gen.Int[0, 5], Gen.Select(Count, Count, Count), Number, Text,
        (relay, from, to, counts, latency, rules) => (LogEvent)new LogEvent.RelayHealthChanged
        {
            Relay = relay,
            From = (BreakerState)from,
            To = (BreakerState)to,
            WeightBasisPoints = counts.Item1,
            Attempts = counts.Item2,
            Accepted = counts.Item3,
            LatencyMicroseconds = latency,
            Rules = rules,
        });

    /// <summary>All of them.</summary>
    public static readonly Gen<LogEvent> Any = Gen.OneOf(
        Gen.Select(EventGen.Account, Hash, Number, Number, Amount, Gen.Bool, (account, block, number, next, balance, proven) => (LogEvent)new LogEvent.AccountStateObserved(account, block, new BlockNumber(number), new Nonce(next), balance, proven)),
        Built,
        Gen.Select(Hash, Hash, Gen.Int[0, 12], Delta, AnyHash, (bundle, block, reason, profit, by) => (LogEvent)new LogEvent.BundleStale(bundle, block, (BundleEnd)reason, profit, by)),
        Gen.Select(Gen.Select(Hash, Text), Gen.Int[0, 9], Gen.Int[0, 30], Text, Gen.Bool, (id, command, rule, detail, isDryRun) => (LogEvent)new LogEvent.AttemptRefused(id.Item1, id.Item2, (RelayCommandKind)command, (PreflightRule)rule, detail, isDryRun)),
        Started,
        Answered,
        Gen.Select(Hash, Gen.Int[0, 12], AnyHash, (bundle, reason, by) => (LogEvent)new LogEvent.BundleCancelled(bundle, (BundleEnd)reason, by)),
        RelayData,
        Gen.Select(Number, Gen.Int[0, 6], AnyHash, Place, (slot, standing, block, part) => (LogEvent)new LogEvent.SlotOutcome(slot, (SlotStanding)standing, block, part)),
        Examined,
        Decided,
        Health);
}
