using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Competition;

/// <summary>The block of <see cref="PotBlock"/> with signed transactions, and the witness of the search for what took the pot.</summary>
internal sealed class SignedPot
{
    private static readonly ISenderRecovery s_recovery = SenderRecovery.CreateBest();
    private static readonly EcdsaSigner s_operator = new([.. Enumerable.Repeat((byte)0x77, 32)]);

    public SignedPot(string transactions, bool isFull = true)
    {
        var header = Header();
        byte[][] raws = [.. transactions.Select(static (kind, index) => Sign(kind, new EcdsaSigner([.. Enumerable.Repeat((byte)(index + 1), 32)])))];
        var reader = new EvmTransactionReader(s_recovery, TransactionRules.AnyChain);
        EvmTransaction[] block = [.. raws.Select(raw => reader.TryRead(raw, out var read, out _, out _) ? read! : throw new InvalidOperationException())];
        var pot = new PotBlock(string.Empty, isFull);
        var executed = (BlockExecution.Executed)new BlockExecutor(PotBlock.Executor()).Execute(
            new ExecutableBlock { Env = BlockEnv.Of(header, ForkHistory.Of(Fork.Shanghai), 1), ParentHash = header.ParentHash, Transactions = block }, new WorldState(pot));
        var witness = new CompetitionWitness
        {
            Chain = new ChainId(1),
            Fork = Fork.Shanghai,
            Header = header,
            Transactions = [.. raws.Select((raw, index) => new WitnessTransaction(raw, executed.Receipts[index].Succeeded, executed.Receipts[index].GasUsed))],
            Bundle = [new BundleTransaction(Sign('t', s_operator), RevertPolicy.MustSucceed)],
            Account = s_operator.Account,
            Token = PotBlock.Pot,
            Trust = StateTrust.Verified,
            State = new KnownState(),
        };
        Found = (CompetitionAnswer.Decided)new CompetitionSearch(PotBlock.Executor(), witness.ToQuestion(s_recovery)!).Run(new ReadRecorder(pot, witness.State));
        Witness = witness;
    }

    /// <summary>What the search found.</summary>
    public CompetitionAnswer.Decided Found { get; }

    /// <summary>Everything that it read.</summary>
    public CompetitionWitness Witness { get; }

    private static BlockHeader Header() => new()
    {
        ParentHash = Named.Block("parent"),
        OmmersHash = Named.Block("ommers"),
        FeeRecipient = Named.Account("builder"),
        StateRoot = Named.Block("state"),
        TransactionsRoot = Named.Block("transactions"),
        ReceiptsRoot = Named.Block("receipts"),
        LogsBloom = new byte[BlockHeader.BloomBytes],
        Difficulty = default,
        Number = new BlockNumber(20_000_000),
        GasLimit = new Gas(30_000_000),
        GasUsed = new Gas(21_000),
        TimestampSeconds = 1_700_000_000,
        ExtraData = new byte[] { 1, 2 },
        MixHash = Named.Block("randao"),
        PowNonce = 0,
        BaseFeePerGas = new Wei(7),
        WithdrawalsRoot = Named.Block("withdrawals"),
    };

    private static byte[] Sign(char kind, EcdsaSigner signer) => TransactionEncoder.Encode(TransactionSigner.Sign(
        new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = default,
            GasLimit = new Gas(100_000),
            Recipient = kind == '.' ? Named.Account("elsewhere") : PotBlock.Pot,
            Value = default,
            MaxFeePerGas = new Wei(100),
            MaxPriorityFeePerGas = new Wei(1),
            Input = kind == 'f' ? new byte[] { 1 } : default,
            Signature = default,
        },
        signer));
}
