using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Validity;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Evm.Tests.Eips;

/// <summary>One transaction on a small state in a given fork; the EIP tests vary all three.</summary>
internal sealed class Trial : IStateReader
{
    /// <summary>Bytecode that stores the top of the stack in memory and returns it; costs 15 gas.</summary>
    public const string ReturnTop = "60005260206000f3";

    /// <summary>Gas of <see cref="ReturnTop"/>.</summary>
    public const long ReturnTopGas = 15;

    private readonly SortedDictionary<Address, (AccountRecord Record, ContractCode Code)> _accounts = [];
    private readonly SortedDictionary<(Address, UInt256), UInt256> _slots = [];

    public Trial(Fork fork, string code = "")
    {
        Block = new BlockEnv { Rules = ForkHistory.Of(fork), ChainId = 1, Number = 1_000, Timestamp = 1_000, Coinbase = Coinbase, GasLimit = 1_000_000_000 };
        Transaction = new EvmTransaction { Type = TxType.Legacy, Sender = Sender, Nonce = 0, GasLimit = 1_000_000, Recipient = Contract };
        With(Sender, balance: 1_000_000_000_000_000_000UL);
        With(Contract, code: code, nonce: 1);
    }

    public static Address Sender { get; } = Address.Parse("0x00000000000000000000000000000000005e0de4");

    public static Address Contract { get; } = Address.Parse("0x000000000000000000000000000000000000c0de");

    public static Address Coinbase { get; } = Address.Parse("0x000000000000000000000000000000000000c01b");

    /// <summary>An account that does not exist unless a test adds it.</summary>
    public static Address Stranger { get; } = Address.Parse("0x000000000000000000000000000000000000aaaa");

    public BlockEnv Block { get; set; }

    public EvmTransaction Transaction { get; set; }

    public Trial With(Address address, string code = "", UInt256 balance = default, ulong nonce = 0)
    {
        var bytes = ContractCode.Of(Convert.FromHexString(code));
        _accounts[address] = (new AccountRecord(balance, nonce, bytes.Hash, false), bytes);
        return this;
    }

    public Trial With(Address address, UInt256 slot, UInt256 value)
    {
        _slots[(address, slot)] = value;
        return this;
    }

    public Trial With(Func<EvmTransaction, EvmTransaction> change)
    {
        Transaction = change(Transaction);
        return this;
    }

    public Trial In(Func<BlockEnv, BlockEnv> change)
    {
        Block = change(Block);
        return this;
    }

    /// <summary>Makes the transaction a contract creation with this init code.</summary>
    public Trial Creating(string initcode, ulong gas = 10_000_000) =>
        With(transaction => transaction with { Recipient = null, Input = Convert.FromHexString(initcode), GasLimit = gas });

    public TrialResult Run()
    {
        var state = new WorldState(this);
        var execution = new EvmExecutor(SenderRecovery.CreateBest()).ExecuteTransaction(Block, Transaction, state);
        var intrinsic = IntrinsicGas.Of(
            Transaction.Input.Span, Transaction.Recipient, AccessListSize.Of(Transaction.AccessList), Transaction.Authorizations.Count, Block.Rules.Fork);
        return new TrialResult(execution, state, (long)intrinsic.Intrinsic.Value);
    }

    public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
    {
        bool exists = _accounts.TryGetValue(address, out var found);
        account = found.Record;
        return exists ? ReadOutcome.Found : ReadOutcome.Absent;
    }

    public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
    {
        value = _slots.GetValueOrDefault((address, slot));
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
    {
        code = _accounts[address].Code;
        return ReadOutcome.Found;
    }

    public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash)
    {
        hash = Keccak256.Hash([(byte)number]);
        return ReadOutcome.Found;
    }
}
