using Mempulse.ChainState;
using Mempulse.Evm.State;
using Mempulse.Features.Decoding;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Decoding;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Hosting;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>Whose code accounts run, asked of the state: delegated accounts, each kind of proxy, and accounts that run their own.</summary>
public sealed class CodeDelegateTests : IDisposable
{
    private const string Implementation = "1234567890123456789012345678901234567890";

    private static readonly Address s_account = Address.Parse("0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    private static readonly Address s_code = Address.Parse("0x" + Implementation);
    private static readonly UInt256 s_codeWord = UInt256.FromBigEndian(Convert.FromHexString(Implementation));
    private static readonly UInt256 s_implementationSlot = UInt256.FromBigEndian(Convert.FromHexString("360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc"));

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-delegates-").FullName;

    public static TheoryData<DelegateKind, string> Codes => new()
    {
        { DelegateKind.Delegation, "ef0100" + Implementation },
        { DelegateKind.MinimalProxy, "363d3d373d3d3d363d73" + Implementation + "5af43d82803e903d91602b57fd5bf3" },
        { DelegateKind.ImplementationSlot, "6000" },
        { DelegateKind.Safe, "60806040527fa619486e00000000000000000000000000000000000000000000000000000000600035141560505780" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Whose_code_an_account_runs_is_read_at_the_newest_block(DelegateKind kind, string code)
    {
        var slot = kind == DelegateKind.Safe ? UInt256.Zero : s_implementationSlot;

        var answer = await ReadAsync(code, kind is DelegateKind.Safe or DelegateKind.ImplementationSlot ? (slot, s_codeWord) : null);

        Assert.Equal([new CodeDelegateView(s_account, s_code, (int)kind)], answer.Delegates);
        Assert.Equal((true, MadeChain.Header.ComputeHash(), MadeChain.Header.Number, true, string.Empty), (answer.HasState, answer.Block, answer.Number, answer.IsProven, answer.Problem));
    }

    [Theory]
    [InlineData("")]
    [InlineData("6000")]
    [InlineData("ef0100" + Implementation + "00")]
    [InlineData("363d3d373d3d3d363d73" + Implementation + "5af43d82803e903d91602b57fd5bf300")]
    [InlineData("363d3d373d3d3d363d73" + Implementation + "00" + "5af43d82803e903d91602b57fd5bf3")]
    [InlineData("363d3d373d3d3d363d74" + Implementation + "5af43d82803e903d91602b57fd5bf3")]
    [InlineData("60806040527fa619486e00000000000000000000000000000000000000000000000000000000600035141560505780")]
    public async Task An_account_with_its_own_code_or_none_runs_that_of_no_other(string code)
    {
        var answer = await ReadAsync(code, null);

        Assert.Empty(answer.Delegates);
        Assert.Equal((true, string.Empty), (answer.HasState, answer.Problem));
    }

    [Fact]
    public async Task State_that_the_node_does_not_provide_is_said_and_what_was_read_of_other_accounts_stays()
    {
        var state = StateOf("ef0100" + Implementation, null);
        await using var silo = await StartAsync(state);

        var answer = await silo.Grains.Simulator(TestSilo.Chain).ReadCodeDelegates([s_account, s_code]);

        Assert.Equal([new CodeDelegateView(s_account, s_code, (int)DelegateKind.Delegation)], answer.Delegates);
        Assert.Equal($"The code of {s_code} could not be read: the node did not provide it.", answer.Problem);
    }

    [Fact]
    public async Task More_accounts_than_the_limit_are_refused()
    {
        await using var silo = await StartAsync(StateOf(string.Empty, null));

        var answer = await silo.Grains.Simulator(TestSilo.Chain).ReadCodeDelegates([.. Enumerable.Repeat(s_account, 17)]);

        Assert.Contains("17 accounts", answer.Problem, StringComparison.Ordinal);
        Assert.Equal(string.Empty, (await silo.Grains.Simulator(TestSilo.Chain).ReadCodeDelegates([.. Enumerable.Repeat(s_account, 16)])).Problem);
    }

    [Fact]
    public async Task Without_a_node_nothing_is_known_of_the_state()
    {
        await using var silo = await TestSilo.StartAsync(_directory);

        Assert.False((await silo.Grains.Simulator(TestSilo.Chain).ReadCodeDelegates([s_account])).HasState);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static RecordedState StateOf(string code, (UInt256 Slot, UInt256 Value)? slot)
    {
        var state = new KnownState();
        var contract = ContractCode.Of(Convert.FromHexString(code));
        state.Add(s_account, new AccountRecord(default, 1, contract.Hash, HasStorage: slot is not null));
        if (contract.Length > 0)
        {
            state.Add(contract);
        }

        state.Add(s_account, s_implementationSlot, UInt256.Zero);
        state.Add(s_account, UInt256.Zero, UInt256.Zero);
        if (slot is { } written)
        {
            state.Add(s_account, written.Slot, written.Value);
        }

        return new RecordedState(MadeChain.Header, state, StateTrust.Verified);
    }

    private async Task<CodeDelegatesAnswer> ReadAsync(string code, (UInt256 Slot, UInt256 Value)? slot)
    {
        await using var silo = await StartAsync(StateOf(code, slot));
        return await silo.Grains.Simulator(TestSilo.Chain).ReadCodeDelegates([s_account]);
    }

    private Task<TestSilo> StartAsync(IStateProvider state) => TestSilo.StartAsync(
        _directory,
        simulations: options => options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(TestSilo.Chain, _ => state)]);
}
