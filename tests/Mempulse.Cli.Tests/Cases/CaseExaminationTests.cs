using Mempulse.Builder.Assembly;
using Mempulse.Cli.Tests.Opportunities;
using Mempulse.Cli.Tests.Simulations;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Cases;
using Mempulse.Storage.Contents;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Cli.Tests.Cases;

/// <summary>What an examination found about the place of a bundle is executed again from the witness in its case file.</summary>
public sealed class CaseExaminationTests : IDisposable
{
    private readonly ScratchDirectory _scratch = new();

    private string Target => _scratch["case.mpcase"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_examination_is_executed_again_and_every_part_of_it_is_compared()
    {
        var (bundle, examined) = Write();
        string name = $"examination {bundle}";
        var exported = await CliRun.InProcessAsync("case", "export", bundle.ToString(), "--data", _scratch["log"], "--out", Target, "--private", "--json");
        var content = CaseFile.Read(Target);

        var verified = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal(CompetitionFinding.PaysNowhere, examined.Finding);
        Assert.Contains(name, exported.Json["results"]!.AsArray().Select(static result => (string)result!));
        Assert.Empty(exported.Json["asLogged"]!.AsArray());
        Assert.True(verified.ExitCode == 0, $"{verified.Json["field"]} {verified.Json["stated"]} {verified.Json["found"]} {verified.Error}");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { Finding = CompetitionFinding.PaysThroughout }), $"{name} finding");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { Executions = 2 }), $"{name} executions");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { IsVerified = false }), $"{name} verified");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { ProfitBefore = WeiDelta.Gain(new Wei(1)) }), $"{name} profitBefore");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { Detail = "It was." }), $"{name} detail");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { Competitor = Named.Tx("other") }), $"{name} competitor");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { Block = Named.Block("other") }), $"{name} block");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static one => one with { WitnessDigest = Named.Tx("other") }), $"CompetitionExamined {bundle} content");
        await AssertNamedAsync(content.With<LogEvent.CompetitionExamined>(static _ => null), $"BundleOutcome {bundle}");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { Account = Named.Account("other") }), $"{name} account");
        await AssertNamedAsync(content.With<LogEvent.BundleBuilt>(static built => built with { Token = Named.Account("other") }), $"{name} token");
        await AssertNamedAsync(content.With<LogEvent.BlockObserved>(static block => block.Number.Value == 101 ? block with { Transactions = [new BlockTx(Named.Tx("else"), Named.Account("stranger"), default, ExecutionOutcome.Succeeded, new Gas(21_000), default)] } : block), $"{name} transactions");
    }

    /// <summary>The log of a bundle whose only transaction fails in any state, whose block is empty, and for which that was found.</summary>
    private (Hash256 Bundle, LogEvent.CompetitionExamined Examined) Write()
    {
        var recorded = new RecordedBundle();
        var raw = recorded.Run.Witness.Request.Transactions[0].Raw;
        var signer = new EcdsaSigner([.. Enumerable.Repeat((byte)0x31, 32)]).Account;
        var own = new BundleTx(Keccak256.Hash(raw.Span), signer, default, new Wei(1_000), IsOwn: true, MayRevert: false);
        byte[] bytes = BundleBytes.Encode([new BundlePart(own, raw)], isSigned: true);
        var header = Header();
        var state = new KnownState();
        var witness = new CompetitionWitness
        {
            Chain = Scenario.Chain,
            Fork = Fork.Shanghai,
            Header = header,
            Transactions = [],
            Bundle = [new BundleTransaction(raw, RevertPolicy.MustSucceed)],
            Account = Named.Account("executor"),
            Token = Named.Account("wrapped ether"),
            Trust = StateTrust.Verified,
            State = state,
        };
        var recovery = SenderRecovery.CreateBest();
        var decided = (CompetitionAnswer.Decided)new CompetitionSearch(new EvmExecutor(recovery), witness.ToQuestion(recovery)!).Run(new ReadRecorder(new Rest(recorded.Run.Witness.State), state));
        byte[] encoded = CompetitionWitnessCodec.Encode(witness);
        var bundle = BundleBytes.IdOf(bytes, header.Number, 2);
        var examined = CompetitionFact.Of(bundle, header.ComputeHash(), decided, StateTrust.Verified, Keccak256.Hash(encoded));

        var story = new Scenario().Block("base").Fact(recorded.Fact).Fact(Built(bundle, bytes, recorded.Fact.Sim, own));
        story.Fact(new LogEvent.AttemptStarted { Bundle = bundle, Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, BackoffMilliseconds = 0, Seed = Named.Tx("seed"), Request = Named.Tx("request"), IsDryRun = false });
        story.Fact(new LogEvent.RelayAttempt { Bundle = bundle, Relay = "titan", Command = RelayCommandKind.SendBundle, Number = 1, Class = ErrorClass.None, Consequence = AttemptConsequence.Accepted, Status = 200, LatencyMicroseconds = 40_000, Detail = string.Empty, IsDryRun = false });
        OppLog.Write(_scratch["log"], story.Fact(Observed(header)).Fact(examined));
        var store = ContentStore.Open(new ContentStoreOptions { Directory = ContentDirectory.Beside(_scratch["log"]) });
        store.Put(ContentKind.Witness, recorded.Witness);
        store.Put(ContentKind.Bundle, bytes);
        store.Put(ContentKind.Competition, encoded);
        return (bundle, examined);
    }

    private static LogEvent.BundleBuilt Built(Hash256 bundle, byte[] bytes, Hash256 sim, BundleTx own) => new()
    {
        Bundle = bundle,
        Base = Named.Block("base"),
        Sim = sim,
        Opportunities = [],
        BaseNumber = new BlockNumber(100),
        Target = new BlockNumber(101),
        Strategy = "backrun-arbitrage",
        StrategyVersion = 2,
        Content = Keccak256.Hash(bytes),
        Operator = own.Sender,
        Account = Named.Account("executor"),
        Transactions = [own],
        GasLimit = new Gas(100_000),
        BaseFee = new Wei(8),
        Tip = new Wei(1),
        Payment = default,
        PaymentPolicy = "share/1 9000 bps",
        Profit = default,
        Uuid = "0b3dfd2a-6f0e-4c1c-9d0a-0c9f0c7d8e9f",
        Sequence = 1,
        IsSigned = true,
        IsDryRun = false,
        Token = Named.Account("wrapped ether"),
    };

    private static BlockHeader Header() => new()
    {
        ParentHash = Named.Block("base"),
        OmmersHash = Named.Block("ommers"),
        FeeRecipient = Named.Account("builder"),
        StateRoot = Named.Block("state"),
        TransactionsRoot = Named.Block("transactions"),
        ReceiptsRoot = Named.Block("receipts"),
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(101),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = 1_800_000_000,
        ExtraData = default,
        MixHash = Named.Block("randao"),
        PowNonce = 0,
        BaseFeePerGas = new Wei(7),
        WithdrawalsRoot = Named.Block("withdrawals"),
    };

    private static LogEvent.BlockObserved Observed(BlockHeader header) => new()
    {
        Hash = header.ComputeHash(),
        Number = header.Number,
        ParentHash = header.ParentHash,
        TimestampSeconds = header.TimestampSeconds,
        BaseFeePerGas = new Wei(7),
        GasUsed = default,
        GasLimit = header.GasLimit,
        FeeRecipient = header.FeeRecipient,
        ExcessBlobGas = default,
        BlobGasUsed = default,
        Transactions = [],
        AuthorityNonces = [],
    };

    private async Task AssertNamedAsync(CaseContent content, string field)
    {
        await File.WriteAllBytesAsync(Target, CaseFile.Encode(content), TestContext.Current.CancellationToken);

        var run = await CliRun.InProcessAsync("case", "verify", Target, "--json");

        Assert.Equal((1, field), (run.ExitCode, (string)run.Json["field"]!));
    }

    /// <summary>A state in which nothing else exists.</summary>
    private sealed class Rest(KnownState known) : IStateReader
    {
        public ReadOutcome ReadAccount(in Address address, out AccountRecord account) =>
            known.ReadAccount(address, out account) is var outcome && outcome == ReadOutcome.Missing ? ReadOutcome.Absent : outcome;

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value) => known.ReadStorage(address, slot, out value);

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code) => known.ReadCode(address, codeHash, out code);

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => known.ReadBlockHash(number, out hash);
    }
}
