using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Mainnet;
using Mempulse.Testing.Scenarios;

namespace Mempulse.ChainState.Tests;

/// <summary>Calls of contracts on the state of a block, of which nothing is known before: a price feed in block 17,034,869 of mainnet, and contracts that are made up.</summary>
public sealed class StateCallsTests
{
    private const ulong Block = 17_034_869;

    private static readonly Address s_source = Address.Parse("0x5f4ec3df9cbd43714fe2740f5e3616155c5b8419");
    private static readonly Address s_feed = Address.Parse("0x37bc7498f4ff12c19678ee8fe19d713b87f6a9e6");
    private static readonly Address s_oracle = Named.Account("oracle");
    private static readonly RecordedBlock s_block = RecordedBlock.Read(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet"), Block);

    private readonly LazyState _state = new();

    [Fact]
    public async Task The_source_of_a_price_names_its_feed_and_both_answer_the_same()
    {
        s_block.CopyTo(_state.Add, _state.Set);
        var scene = new ContractScene(s_block.Time);
        s_block.PutInto(scene);
        byte[] question = CallData.Of("latestAnswer()").ToArray();
        var expected = scene.Call(s_source, question).Word(0);
        var calls = Calls();

        var answer = await calls.CallAsync(s_source, question, TestContext.Current.CancellationToken);

        Assert.Equal(expected, UInt256.FromBigEndian(answer.Output.Span));
        Assert.InRange(expected.LowUInt64, 1_000_00000000UL, 3_000_00000000UL); // dollars for an ether
        Assert.Equal(calls.Missed.Count, _state.Fetches);
        Assert.InRange(_state.Fetches, 7, 12);
        Assert.Equal(CallData.Word(s_feed), UInt256.FromBigEndian((await calls.CallAsync(s_source, CallData.Of("aggregator()").ToArray(), TestContext.Current.CancellationToken)).Output.Span));
        int fetches = _state.Fetches;
        Assert.Equal(expected, UInt256.FromBigEndian((await calls.CallAsync(s_feed, question, TestContext.Current.CancellationToken)).Output.Span)); // it answers callers without code
        Assert.InRange(_state.Fetches, fetches, fetches + 2); // what says who may ask
    }

    [Fact]
    public async Task A_call_sees_number_and_time_of_the_block_and_a_caller_without_anything()
    {
        _state.Add(s_oracle, [0x43, 0x5f, 0x52, 0x42, 0x60, 0x20, 0x52, 0x33, 0x31, 0x60, 0x40, 0x52, 0x48, 0x60, 0x60, 0x52, 0x60, 0x80, 0x5f, 0xf3]); // number, time, balance of the caller, base fee

        var answer = await Calls().CallAsync(s_oracle, default, TestContext.Current.CancellationToken);

        Assert.Equal(CallData.Words().Add(Block).Add(s_block.Time).Add(0).Add(0).ToArray(), answer.Output.ToArray());
    }

    [Fact]
    public async Task A_contract_that_reverts_answers_nothing_and_one_without_code_nothing_with_success()
    {
        _state.Add(s_oracle, [0x60, 0x20, 0x5f, 0xfd]);

        Assert.Equal((false, 0, null), Parts(await Calls().CallAsync(s_oracle, default, TestContext.Current.CancellationToken)));
        Assert.Equal((true, 0, null), Parts(await Calls().CallAsync(Named.Account("nothing"), default, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task What_cannot_be_fetched_and_what_misses_without_end_are_failures()
    {
        _state.Add(s_oracle, [0x5f, 0x54]);
        _state.Failure = new SimOutcome.StateMismatch(s_oracle, null, "It was refuted.");
        Assert.Equal((false, 0, _state.Failure), Parts(await Calls().CallAsync(s_oracle, default, TestContext.Current.CancellationToken)));

        _state.Failure = null;
        _state.IsForgetful = true;
        Assert.Equal((false, 0, new SimOutcome.LimitExceeded(SimLimit.Fetches, 0)), Parts(await Calls().CallAsync(s_oracle, default, TestContext.Current.CancellationToken)));
        Assert.Equal(1 + StateCalls.MaxRounds, _state.Fetches);
    }

    private static (bool, int, SimOutcome?) Parts(CallAnswer answer) => (answer.IsSuccess, answer.Output.Length, answer.Failure);

    private StateCalls Calls() => new(_state, new BlockHeader
    {
        ParentHash = default,
        OmmersHash = default,
        FeeRecipient = default,
        StateRoot = default,
        TransactionsRoot = default,
        ReceiptsRoot = default,
        LogsBloom = new byte[256],
        Difficulty = default,
        Number = new BlockNumber(Block),
        GasLimit = new Gas(30_000_000),
        GasUsed = default,
        TimestampSeconds = s_block.Time,
        ExtraData = default,
        MixHash = default,
        PowNonce = 0,
        BaseFeePerGas = new Wei(7_000_000_000),
        BlobGasUsed = new Gas(0),
        ExcessBlobGas = new Gas(0),
    }, new ChainId(1), SenderRecovery.CreateBest());

    /// <summary>A state that knows only what was fetched.</summary>
    private sealed class LazyState : IBlockState, IStateReader
    {
        private readonly Dictionary<Address, byte[]> _codes = [];
        private readonly Dictionary<(Address, UInt256), UInt256> _slots = [];
        private readonly HashSet<StateGap> _fetched = [];

        public SimOutcome? Failure { get; set; }

        public bool IsForgetful { get; set; }

        public int Fetches { get; private set; }

        public IStateReader Reader => this;

        public StateTrust Trust => StateTrust.Verified;

        public void Add(Address address, byte[] code) => _codes[address] = code;

        public void Set(Address address, UInt256 slot, UInt256 value) => _slots[(address, slot)] = value;

        public Task PrefetchAsync(SimRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SimOutcome?> FetchAsync(StateGap gap, CancellationToken cancellationToken)
        {
            Fetches++;
            if (!IsForgetful)
            {
                _fetched.Add(gap);
            }

            return Task.FromResult(Failure);
        }

        public ReadOutcome ReadAccount(in Address address, out AccountRecord account)
        {
            bool isContract = _codes.TryGetValue(address, out byte[]? code);
            account = new AccountRecord(default, 1, ContractCode.Of(code ?? []).Hash, isContract);
            return Outcome(new StateGap.OfAccount(address), isContract);
        }

        public ReadOutcome ReadStorage(in Address address, in UInt256 slot, out UInt256 value)
        {
            value = _slots.GetValueOrDefault((address, slot));
            return Outcome(new StateGap.OfSlot(address, slot), isThere: true);
        }

        public ReadOutcome ReadCode(in Address address, in Hash256 codeHash, out ContractCode? code)
        {
            code = ContractCode.Of(_codes[address]);
            return Outcome(new StateGap.OfCode(address, codeHash), isThere: true);
        }

        public ReadOutcome ReadBlockHash(ulong number, out Hash256 hash) => throw new NotSupportedException();

        private ReadOutcome Outcome(StateGap gap, bool isThere) => !_fetched.Contains(gap) ? ReadOutcome.Missing : isThere ? ReadOutcome.Found : ReadOutcome.Absent;
    }
}
