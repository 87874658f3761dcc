using Mempulse.Canon;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Contents;

namespace Mempulse.Cli.Tests.Simulations;

/// <summary>A simulation of one call that reverts, with its log and store.</summary>
internal sealed class RecordedBundle
{
    private static readonly EcdsaSigner Signer = new([.. Enumerable.Repeat((byte)0x31, 32)]);
    private static readonly Address Coinbase = Address.Parse("0xc0ffee0000000000000000000000000000000000");
    private static readonly Address Contract = Address.Parse("0xcccccccccccccccccccccccccccccccccccccccc");

    public RecordedBundle(WitnessForm form = WitnessForm.Whole)
    {
        var code = ContractCode.Of(Code);
        var state = new KnownState();
        state.Add(Signer.Account, new AccountRecord(1_000_000_000_000_000_000UL, 0, Keccak256.OfNothing, HasStorage: false));
        state.Add(Coinbase, null);
        state.Add(Contract, new AccountRecord(default, 1, code.Hash, HasStorage: false));
        state.Add(code);
        var block = new SimBlock(Keccak256.Hash("base"u8), Fork.Osaka, 1, 100, 1_700_000_000, Coinbase, 60_000_000, 7, default, default, 0) { BaseNumber = 99 };
        var request = new SimRequest { Block = block, Transactions = [new BundleTransaction(Sign(), RevertPolicy.MustSucceed)] };
        var simulator = new Simulator(SenderRecovery.CreateBest());
        Run = simulator.Simulate(request, state, StateTrust.Verified);
        Run = Run with { Witness = Run.Witness with { Form = form } };
        Steps = simulator.TraceSteps(Run.Witness);
        Witness = WitnessCodec.Encode(Run.Witness);
        Fact = SimFact.Of(request, Run.Result, Keccak256.Hash(Witness), Keccak256.Hash(Steps.Span));
    }

    /// <summary>The code of the contract that is called.</summary>
    public static byte[] Code { get; } = [0x5f, 0x5f, 0xfd];

    public SimRun Run { get; }

    public ReadOnlyMemory<byte> Steps { get; }

    public byte[] Witness { get; }

    public LogEvent.SimCompleted Fact { get; }

    /// <summary>Writes a fact to a new log, and contents to the store beside it.</summary>
    public static async Task WriteAsync(string directory, LogEvent.SimCompleted fact, params byte[][] contents)
    {
        using var log = EventLog.Open(new EventLogOptions { Directory = directory, Chain = new ChainId(1), SegmentSizeBytes = 64 << 10 });
        var facts = new EventBatch(LaneId.Of("sim"));
        facts.Add(new LogEvent.EpochStarted(log.Epoch, new ChainId(1), "test", new FoldParameters()), RecordMeta.Fact(facts.Lane, 1, default, default));
        facts.Add(fact, RecordMeta.Fact(facts.Lane, 2, default, default));
        await log.AppendAsync(facts, TestContext.Current.CancellationToken);
        var store = ContentStore.Open(new ContentStoreOptions { Directory = ContentDirectory.Beside(directory) });
        foreach (byte[] content in contents)
        {
            store.Put(ContentKind.Witness, content);
        }
    }

    private static byte[] Sign() => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = default,
            GasLimit = new Gas(100_000),
            Recipient = Contract,
            Value = default,
            MaxFeePerGas = new Wei(1_000),
            MaxPriorityFeePerGas = new Wei(3),
            Input = default,
            Signature = default,
        },
        Signer));
}
