using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Competition;

/// <summary>A block around a pot: its token pays 100 to the first who takes, until someone fills it again.</summary>
/// <remarks>Each letter is a transaction: "t" takes, "f" fills, "." does something else, "v" is the victim, which fills.</remarks>
internal sealed class PotBlock : IStateReader
{
    public const ulong Amount = 100;

    public static readonly Address Pot = Named.Account("pot");
    public static readonly Address Operator = Named.Account("operator");

    private static readonly Hash256 s_transfer = Keccak256.Hash("Transfer(address,address,uint256)"u8);

    private readonly ContractCode _code = ContractCode.Of(Code());
    private readonly bool _isFull;
    private readonly List<PlacedTransaction> _placed = [];
    private readonly BlockEnv _env = new()
    {
        Rules = ForkHistory.Of(Fork.Shanghai),
        ChainId = 1,
        Number = 20_000_000,
        Timestamp = 1_700_000_000,
        Coinbase = Named.Account("builder"),
        GasLimit = 30_000_000,
        BaseFee = 7,
    };

    public PotBlock(string transactions, bool isFull = true)
    {
        _isFull = isFull;
        EvmTransaction[] block = [.. transactions.Select((kind, i) => Transaction(kind, Named.Account($"sender {i}")))];
        var executed = (BlockExecution.Executed)new BlockExecutor(Executor()).Execute(new ExecutableBlock { Env = _env, ParentHash = default, Transactions = block }, new WorldState(this));
        for (int i = 0; i < block.Length; i++)
        {
            Hash256 hash = transactions[i] == 'v' ? Named.Tx("victim") : Named.Tx($"tx {i}");
            _placed.Add(new PlacedTransaction(hash, block[i], executed.Receipts[i].Succeeded, executed.Receipts[i].GasUsed));
        }
    }

    /// <summary>What is missing, for as long as it was not asked for.</summary>
    public bool HidesPotOnce { get; set; }

    public CompetitionQuestion Question(bool withVictim = false, int? lyingReceipt = null)
    {
        PlacedTransaction[] placed = [.. _placed];
        if (lyingReceipt is { } index)
        {
            placed[index] = placed[index] with { GasUsed = placed[index].GasUsed + 1 };
        }

        var own = new BundleLeg(Named.Tx("own"), Transaction('t', Operator), MayRevert: false);
        return new CompetitionQuestion
        {
            Block = _env,
            ParentHash = default,
            Transactions = placed,
            Bundle = withVictim ? [new BundleLeg(Named.Tx("victim"), Transaction('f', Named.Account("sender 1")), MayRevert: false), own] : [own],
            Account = Operator,
            Token = Pot,
        };
    }

    public CompetitionAnswer.Decided Search(bool withVictim = false, int? lyingReceipt = null) =>
        (CompetitionAnswer.Decided)new CompetitionSearch(Executor(), Question(withVictim, lyingReceipt)).Run(this);

    public static EvmExecutor Executor() => new(SenderRecovery.CreateBest());

    /// <summary>Whether the pot is full at each place of a block.</summary>
    public static bool[] Full(string transactions, bool isFull)
    {
        bool[] full = new bool[transactions.Length + 1];
        full[0] = isFull;
        for (int i = 0; i < transactions.Length; i++)
        {
            full[i + 1] = transactions[i] is 'f' or 'v' || (transactions[i] == '.' && full[i]);
        }

        return full;
    }

    ReadOutcome IStateReader.ReadAccount(in Address address, out AccountRecord account)
    {
        bool isPot = address == Pot;
        account = new AccountRecord(new UInt256(0, 1, 0, 0), isPot ? 1UL : 0, isPot ? _code.Hash : ContractCode.Empty.Hash, isPot);
        return ReadOutcome.Found;
    }

    ReadOutcome IStateReader.ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = _isFull ? Amount : 0;
        bool isHidden = HidesPotOnce;
        HidesPotOnce = false;
        return isHidden ? ReadOutcome.Missing : ReadOutcome.Found;
    }

    ReadOutcome IStateReader.ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = _code;
        return ReadOutcome.Found;
    }

    ReadOutcome IStateReader.ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = default;
        return ReadOutcome.Found;
    }

    private static EvmTransaction Transaction(char kind, Address sender) => new()
    {
        Type = TxType.DynamicFee,
        Sender = sender,
        ChainId = 1,
        Nonce = 0,
        GasLimit = 100_000,
        Recipient = kind == '.' ? Named.Account("elsewhere") : Pot,
        Input = kind is 'f' or 'v' ? new byte[] { 1 } : default,
        MaxFeePerGas = 100,
        MaxPriorityFeePerGas = 1,
    };

    private static byte[] Code()
    {
        byte[] topic = new byte[Hash256.Size];
        s_transfer.CopyTo(topic);
        return
        [
            0x36, 0x60, 0x41, 0x57, // calldata: fill
            0x60, 0x00, 0x54, 0x80, 0x60, 0x0f, 0x57, 0x5f, 0x5f, 0xfd, 0x00, // an empty pot reverts
            0x5b, 0x60, 0x00, 0x52, 0x60, 0x00, 0x60, 0x00, 0x55, // take it
            0x33, 0x30, 0x7f, .. topic, 0x60, 0x20, 0x60, 0x00, 0xa3, 0x00, // the log of the transfer
            0x5b, 0x60, (byte)Amount, 0x60, 0x00, 0x55, 0x00, // fill
        ];
    }
}
