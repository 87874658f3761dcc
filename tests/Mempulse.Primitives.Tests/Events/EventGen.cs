using CsCheck;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Random values and events of every kind.</summary>
internal static class EventGen
{
    public static readonly Gen<Hash256> Hash = Gen.Byte.Array[Hash256.Size].Select(bytes => new Hash256(bytes));

    public static readonly Gen<Address> Account = Gen.Byte.Array[Address.Size].Select(bytes => new Address(bytes));

    private static readonly Gen<ulong> Number = Gen.OneOf(Gen.ULong, Gen.ULong[0, 300]);

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char['\0', '\u07ff'], 0, 40], Gen.String[Gen.Char.AlphaNumeric, 0, 300]);

    private static readonly Gen<Wei> Amount = Gen.OneOf(
        Number.Select(value => new Wei(value)),
        Gen.Byte.Array[UInt256.Size].Select(bytes => new Wei(UInt256.FromBigEndian(bytes))));

    private static readonly Gen<ObservedSlot> Slot = Gen.Select(Amount, Amount, (slot, value) => new ObservedSlot(slot.Value, value.Value));

    private static readonly Gen<Nonce> AnyNonce = Number.Select(value => new Nonce(value));

    private static readonly Gen<BlockNumber> Height = Number.Select(value => new BlockNumber(value));

    private static readonly Gen<Gas> AnyGas = Number.Select(value => new Gas(value));

    private static readonly Gen<TxState> State = Gen.Int[0, 9].Select(value => (TxState)value);

    private static readonly Gen<ExecutionOutcome> Outcome = Gen.Int[0, 2].Select(value => (ExecutionOutcome)value);

    private static readonly Gen<TxResult[]> Results = Gen.Select(
        Hash,
        Outcome,
        AnyGas,
        Gen.Select(Account, Hash.Array[0, 4], Gen.OneOf(Gen.Byte.Array[0, 100], Gen.Byte.Array[254, 258]), Gen.OneOf(Gen.Const(0), Gen.Int[0, 2]), (account, topics, data, omitted) => new TxLog(account, topics, data) { OmittedBytes = omitted }).Array[0, 3],
        Gen.Int[0, 3],
        (tx, outcome, gas, logs, omitted) => new TxResult(tx, outcome, gas, logs, omitted)).Array[0, 4];

    /// <summary>Receipts of now and of before their continuation was stated.</summary>
    public static readonly Gen<LogEvent.ReceiptsObserved> Receipts = Gen.Select(
        Gen.Select(Hash, Height),
        Gen.Int[0, 5000],
        Gen.Bool,
        Results,
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2000]),
        (block, first, verified, results, rest) => new LogEvent.ReceiptsObserved(block.Item1, block.Item2, first, verified, results)
        {
            Continuation = (ReceiptsContinuation)rest.Item1,
            FirstLog = rest.Item1 == 0 ? 0 : rest.Item2,
        });

    private static readonly Gen<Authorization[]> Authorizations =
        Gen.Select(Number, Account, Account, AnyNonce, (chain, authority, target, nonce) => new Authorization(new ChainId(chain), authority, target, nonce)).Array[0, 4];

    private static readonly Gen<NormalizedTx> Tx = Gen.Select(
        Gen.Select(Gen.Int[0, 5], Number, AnyNonce, AnyGas),
        Gen.Select(Account, Gen.Bool, Amount, Gen.Select(Amount, Amount, Amount)),
        Gen.Select(Gen.Int[0, 10], Gen.Int[0, int.MaxValue], Gen.UInt, Gen.Bool),
        Gen.Select(Authorizations, Gen.Byte.Array[0, 300]),
        (head, money, body, rest) => new NormalizedTx
        {
            Type = (TxType)head.Item1,
            ChainId = new ChainId(head.Item2),
            Nonce = head.Item3,
            GasLimit = head.Item4,
            Recipient = money.Item2 ? money.Item1 : null,
            Value = money.Item3,
            MaxFeePerGas = money.Item4.Item1,
            MaxPriorityFeePerGas = money.Item4.Item2,
            MaxFeePerBlobGas = money.Item4.Item3,
            BlobCount = body.Item1,
            InputLength = body.Item2,
            Selector = body.Item4 ? body.Item3 : null,
            AuthorizationList = rest.Item1,
            RawBytes = rest.Item2,
        });

    private static readonly Gen<BlockTx> IncludedTx = Gen.Select(
        Hash, Account, AnyNonce, Outcome, AnyGas, Authorizations,
        (hash, sender, nonce, outcome, gas, tuples) => new BlockTx(hash, sender, nonce, outcome, gas, tuples));

    private static readonly Gen<LogEvent> Block = Gen.Select(
        Gen.Select(Hash, Height, Hash, Number),
        Gen.Select(Amount, AnyGas, AnyGas, Account),
        Gen.Select(AnyGas, AnyGas),
        Gen.Select(IncludedTx.Array[0, 5], Gen.Select(Account, AnyNonce, (account, next) => new AccountNonce(account, next)).Array[0, 3]),
        (id, fees, blobs, content) => (LogEvent)new LogEvent.BlockObserved
        {
            Hash = id.Item1,
            Number = id.Item2,
            ParentHash = id.Item3,
            TimestampSeconds = id.Item4,
            BaseFeePerGas = fees.Item1,
            GasUsed = fees.Item2,
            GasLimit = fees.Item3,
            FeeRecipient = fees.Item4,
            Unverified = (UnverifiedParts)(int)(id.Item4 & 3),
            ExcessBlobGas = blobs.Item1,
            BlobGasUsed = blobs.Item2,
            Transactions = content.Item1,
            AuthorityNonces = content.Item2,
        });

    private static readonly Gen<LogEvent> Dropped = Gen.Select(
        Gen.Select(Hash, Gen.Int[0, 9], Text, Text),
        Gen.Select(Number, Number, Number),
        Gen.Select(Hash, Text, Gen.Byte.Array[0, 300]),
        (head, counts, rest) => (LogEvent)new LogEvent.TxIngestDropped(
            head.Item1, (DropReason)head.Item2, head.Item3, head.Item4, counts.Item1, counts.Item2, counts.Item3, rest.Item1, rest.Item2, rest.Item3));

    private static readonly Gen<LogEvent> Epochs = Gen.Select(
        Number, Number, Text, Gen.Select(Number, Number, Gen.UInt, Gen.UInt), Number,
        (epoch, chain, writer, numbers, retention) => (LogEvent)new LogEvent.EpochStarted(new Epoch(epoch), new ChainId(chain), writer, new FoldParameters
        {
            ConfirmationDepthBlocks = numbers.Item1,
            ExpirySeconds = numbers.Item2,
            FeeBumpPercent = numbers.Item3,
            BlobFeeBumpPercent = numbers.Item4,
            RetentionBlocks = retention,
            FeeBumpRule = (FeeBumpRule)(retention % 2),
        }));

    private static readonly Gen<WeiDelta> Delta = Gen.Select(Amount, Gen.Bool, (amount, lost) => lost ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount));

    private static readonly Gen<OppLeg> Leg = Gen.Select(
        Gen.Select(Account, Hash, Account, Account), Amount, Amount, (ids, given, received) => new OppLeg(ids.Item1, ids.Item2, ids.Item3, ids.Item4, given.Value, received.Value));

    private static readonly Gen<LogEvent> Opportunities = Gen.Select(
        Gen.Select(Hash, Hash, Hash, Hash, Account),
        Gen.Select(Text, Text, Text, Gen.Int[0, 9], Gen.Int[0, 9]),
        Gen.Select(Gen.Long, Gen.Long, Gen.Long, Gen.Long),
        Gen.Select(Amount, Amount, Amount, Amount),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Int[0, 99], Height),
        Gen.Select(Leg.Array[0, 4], Hash.Array[0, 3]),
        (ids, texts, score, amounts, rest, lists) => (LogEvent)new LogEvent.OppDetected
        {
            Opp = ids.Item1,
            Trigger = ids.Item2,
            Base = ids.Item3,
            BaseNumber = rest.Item4,
            Strategy = texts.Item1,
            StrategyVersion = texts.Item4,
            Registry = ids.Item4,
            Purpose = (OppPurpose)texts.Item5,
            Extractor = texts.Item2,
            Scorer = texts.Item3,
            Urgency = score.Item1,
            Worth = score.Item2,
            Risk = score.Item3,
            Score = score.Item4,
            Value = amounts.Item1,
            Token = ids.Item5,
            Input = amounts.Item2.Value,
            Profit = amounts.Item3.Value,
            IsExact = rest.Item1,
            SaferMinimum = amounts.Item4.Value,
            IsHandedOn = rest.Item2,
            RankedBelow = rest.Item3,
            Legs = lists.Item1,
            Before = lists.Item2,
        });

    /// <summary>The versions and the registry of an event about an opportunity; none of them in older logs.</summary>
    private static readonly Gen<(string Rules, Hash256? Registry)> Judged = Gen.Select(Hash, Gen.Bool, static (hash, isKnown) => isKnown ? ("s/1 e/1 c/1", (Hash256?)hash) : (string.Empty, null));

    private static readonly Gen<LogEvent> Simulated = Gen.Select(
        Gen.Select(Hash, Hash, Hash.Nullable(), Height),
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 300].Nullable(), Text, AnyGas),
        Gen.Select(Delta, Account, Delta, Gen.Bool),
        Gen.Select(Hash, Hash, Hash, Gen.Int[0, int.MaxValue]),
        Gen.Select(Hash.Array[0, 5], Hash.Nullable()),
        (ids, outcome, gains, digests, transactions) => (LogEvent)new LogEvent.SimCompleted
        {
            Sim = ids.Item1,
            Base = ids.Item2,
            Opportunity = ids.Item3,
            BaseNumber = ids.Item4,
            Category = (FailureCategory)outcome.Item1,
            FailedIndex = outcome.Item2,
            Detail = outcome.Item3,
            GasUsed = outcome.Item4,
            CoinbasePayment = gains.Item1,
            Account = gains.Item2,
            Profit = gains.Item3,
            IsVerified = gains.Item4,
            LogsDigest = digests.Item1,
            TraceDigest = digests.Item2,
            WitnessDigest = digests.Item3,
            EngineVersion = digests.Item4,
            RulesVersion = digests.Item4,
            Transactions = transactions.Item1,
            StepsDigest = transactions.Item2,
        });

    /// <summary>One event of any kind, with equal probability.</summary>
    public static readonly Gen<LogEvent> Any = Gen.OneOf(
        Gen.Select(Hash, Gen.Int[0, 9], (hash, via) => (LogEvent)new LogEvent.TxSeen(hash, (SightingVia)via)),
        Gen.Select(Hash, Account, Tx, (hash, sender, tx) => (LogEvent)new LogEvent.TxDecoded(hash, sender, tx)),
        Dropped,
        Gen.Select(Hash, Gen.Int[0, 9], Height, Text, (hash, reason, number, detail) => (LogEvent)new LogEvent.BlockIngestDropped(hash, (DropReason)reason, number, detail)),
        Gen.Select(Text, Text, Text, Number, Text, Gen.Bool, (name, lane, endpoint, chain, client, made) => (LogEvent)new LogEvent.SourceConnected(name, lane, endpoint, new ChainId(chain), client, made)),
        Gen.Select(Text, Gen.Int[0, 9], Text, (name, reason, detail) => (LogEvent)new LogEvent.SourceLost(name, (SourceLossReason)reason, detail)),
        Gen.Select(Gen.Select(Hash, Text, Text), Text, Number, Text, Gen.Bool, (id, client, version, endpoint, inbound) => (LogEvent)new LogEvent.PeerConnected(id.Item1, id.Item2, id.Item3, client, version, endpoint, inbound)),
        Gen.Select(Gen.Select(Hash, Text), Gen.Int[0, 9], Number, Gen.Bool, Text, (id, reason, code, byPeer, detail) => (LogEvent)new LogEvent.PeerLost(id.Item1, id.Item2, (SourceLossReason)reason, code, byPeer, detail)),
        Gen.Select(Gen.Select(Hash, Text, Text), Text, Gen.Int[0, 30], Text, (id, endpoint, reason, detail) => (LogEvent)new LogEvent.PeerDialFailed(id.Item1, id.Item2, id.Item3, endpoint, (DialFailureReason)reason, detail)),
        Block,
        Gen.Select(Hash, Hash, Hash, Height, Number, (head, old, ancestor, number, depth) => (LogEvent)new LogEvent.ReorgDetected(head, old, ancestor, number, depth)),
        Gen.Select(Gen.Select(Hash, Height), Gen.Select(Hash, Height), Hash.Nullable(), Height.Nullable(), Text, (head, old, ancestor, number, detail) => (LogEvent)new LogEvent.FinalityViolated(head.Item1, head.Item2, old.Item1, old.Item2, ancestor, number, detail)),
        Gen.Select(Height, Height, Text, (from, to, detail) => (LogEvent)new LogEvent.ChainGap(from, to, detail)),
        Gen.Select(Account, AnyNonce, (account, next) => (LogEvent)new LogEvent.AccountNonceObserved(account, next)),
        Gen.Select(Hash, Account, State, State, Hash.Nullable(), (hash, sender, from, to, old) => (LogEvent)new LogEvent.TxStateChanged(hash, sender, from, to, old)),
        Gen.Select(Hash, Account, State, Hash, AnyNonce, Gen.Bool, (hash, sender, from, by, nonce, included) => (LogEvent)new LogEvent.TxReplaced(hash, sender, from, by, nonce, included)),
        Gen.Select(Gen.Select(Hash, Hash, Account), State, Height, Gen.Int[0, 5000], Outcome, (ids, from, number, index, outcome) => (LogEvent)new LogEvent.TxIncluded(ids.Item1, ids.Item2, ids.Item3, from, number, index, outcome)),
        Receipts.Select(static receipts => (LogEvent)receipts),
        Gen.Select(Gen.Select(Hash, Hash, Account), Height, Outcome, Outcome, AnyGas, Gen.Bool, (ids, number, from, outcome, gas, verified) => (LogEvent)new LogEvent.TxOutcomeKnown(ids.Item1, ids.Item2, ids.Item3, number, from, outcome, gas, verified)),
        Gen.Select(Hash, Hash, Account, Height, State, (hash, block, sender, number, to) => (LogEvent)new LogEvent.TxReopened(hash, block, sender, number, to)),
        Gen.Select(Hash, Hash, Account, Height, (hash, block, sender, number) => (LogEvent)new LogEvent.TxConfirmed(hash, block, sender, number)),
        Gen.Select(Hash, State, Number, (hash, from, waited) => (LogEvent)new LogEvent.TxExpired(hash, from, waited)),
        Gen.Select(Hash, Gen.Int[0, 9], (hash, via) => (LogEvent)new LogEvent.TxLeft(hash, (LeavingVia)via)),
        Gen.Select(Hash, State, Gen.Int[0, 300], (hash, from, sources) => (LogEvent)new LogEvent.TxVanished(hash, from, sources)),
        Gen.Select(Hash, State, (hash, to) => (LogEvent)new LogEvent.TxReturned(hash, to)),
        Simulated,
        Gen.Select(Hash, Hash, Gen.Int[0, 9], (sim, block, to) => (LogEvent)new LogEvent.SimBaseMoved(sim, block, (SimBaseStanding)to)),
        Epochs,
        Gen.Select(Number, Hash, Text, (at, digest, version) => (LogEvent)new LogEvent.CheckpointTaken(new GlobalSeq(at), digest, version)),
        Gen.Select(Text, Number, Number, Number, Text, Text, (file, offset, first, last, expected, actual) => (LogEvent)new LogEvent.DamageFound(file, offset, new GlobalSeq(first), new GlobalSeq(last), expected, actual)),
        Gen.Select(Gen.Int[0, 9], Hash, Number, Text, (set, content, size, name) => (LogEvent)new LogEvent.RulesLoaded((RuleSet)set, content, size, name)),
        Gen.Select(Gen.Select(Hash, Hash, Account), Text, Text, Gen.Int[0, 9], Gen.Int[0, 9], Gen.Bool, (ids, layout, signature, verdict, part, certain) => (LogEvent)new LogEvent.DecodeGraded(ids.Item1, ids.Item2, ids.Item3, layout, signature, (GradeVerdict)verdict, (TradePart)part, certain)),
        Gen.Select(Hash, Number, Account, Hash, Gen.Bool, Slot.Array[0, 5], (block, number, contract, id, proven, slots) => (LogEvent)new LogEvent.PoolObserved(block, new BlockNumber(number), contract, id, proven, slots)),
        Gen.Select(Gen.Select(Hash, Number, Account, Hash), Gen.Int[0, 9], Slot, Amount, (pool, cause, found, expected) => (LogEvent)new LogEvent.StateDivergence(pool.Item1, new BlockNumber(pool.Item2), pool.Item3, pool.Item4, (DivergenceCause)cause, found, expected.Value)),
        Gen.Select(Gen.Select(Hash, Number, Account, Account), Gen.Bool, Gen.Select(Account, Slot, static (contract, slot) => new ContractSlot(contract, slot)).Array[0, 5], Gen.Select(Account, Amount, Account, static (token, price, feed) => new ObservedPrice(token, price.Value, feed)).Array[0, 5], Hash.Array[0, 5], (market, proven, slots, prices, answers) => (LogEvent)new LogEvent.MarketObserved(market.Item1, new BlockNumber(market.Item2), market.Item3, market.Item4, proven, slots, prices) { Answers = answers }),
        Opportunities,
        BundleEventGen.Any,
        Gen.Select(Hash, Hash, Gen.Int[0, 12], Gen.Select(Hash, Gen.Bool, static (hash, isKnown) => isKnown ? (Hash256?)hash : null), Judged, (opp, tx, reason, by, judged) => (LogEvent)new LogEvent.OppInvalidated(opp, tx, (OppEnd)reason, by) { Rules = judged.Rules, Registry = judged.Registry }),
        Gen.Select(Hash, Hash, Gen.Int[0, 12], Gen.Bool, Judged, (opp, tx, after, isHandedOn, judged) => (LogEvent)new LogEvent.OppReopened(opp, tx, (OppEnd)after, isHandedOn) { Rules = judged.Rules, Registry = judged.Registry }),
        Gen.Select(Hash, Hash, Gen.Int[0, 12], Judged, (opp, tx, reason, judged) => (LogEvent)new LogEvent.OppExpired(opp, tx, (OppEnd)reason) { Rules = judged.Rules, Registry = judged.Registry }),
        Gen.Select(Hash, Hash, Account, Gen.Int[0, 9], Gen.Int[0, 300], (tx, block, token, conduct, count) => (LogEvent)new LogEvent.TokenJudged(tx, block, token, (TokenConduct)conduct, count)));

    /// <summary>A fact or a derived event.</summary>
    public static Gen<RecordMeta> Meta(LaneId lane) => Gen.Select(
        Gen.OneOf(Gen.Const(0UL), Number), Gen.UInt, Gen.Long, Gen.ULong,
        (cause, local, time, source) => new RecordMeta(lane, local, new UnixNanoseconds(time), new SourceId(source), new GlobalSeq(cause)));
}
