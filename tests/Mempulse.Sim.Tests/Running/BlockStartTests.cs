using Mempulse.Evm.State;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;

namespace Mempulse.Sim.Tests.Running;

/// <summary>The system calls before a bundle at the start of its block.</summary>
public sealed class BlockStartTests
{
    private static readonly Address BlockHashes = Address.Parse("0x0000f90827f1c53a10cb7a02335b175320002935");
    private static readonly Address BeaconRoots = Address.Parse("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");
    private static readonly Hash256 Root = new([.. Enumerable.Repeat((byte)0xbe, Hash256.Size)]);

    [Fact]
    public void At_the_start_the_base_block_hash_is_stored()
    {
        var scenario = Scenario(BlockStart.SystemCalls, root: null);
        byte[] number = new byte[UInt256.Size];
        UInt256.FromUInt64(scenario.Block.Number - 1).WriteBigEndian(number);

        var run = scenario.Call(0, BlockHashes, input: number).Run();

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(scenario.Block.BaseHash.ToArray(), run.Result.Transactions[0].Output.ToArray());
    }

    [Fact]
    public void At_the_start_a_known_beacon_root_is_stored()
    {
        var scenario = Scenario(BlockStart.SystemCalls, Root);
        byte[] time = new byte[UInt256.Size];
        UInt256.FromUInt64(scenario.Block.Timestamp).WriteBigEndian(time);

        var run = scenario.Call(0, BeaconRoots, input: time).Run();

        Assert.IsType<SimOutcome.Ok>(run.Result.Outcome);
        Assert.Equal(Root.ToArray(), run.Result.Transactions[0].Output.ToArray());
    }

    [Fact]
    public void After_the_start_no_system_call_runs()
    {
        var scenario = Scenario(BlockStart.Begun, Root);
        byte[] time = new byte[UInt256.Size];
        UInt256.FromUInt64(scenario.Block.Timestamp).WriteBigEndian(time);

        var run = scenario.Call(0, BeaconRoots, input: time).Run();

        Assert.IsType<SimOutcome.Reverted>(run.Result.Outcome);
    }

    [Fact]
    public void Missing_state_in_a_system_call_is_named()
    {
        var scenario = new SimScenario { Block = new SimScenario().Block with { Start = BlockStart.SystemCalls } };

        var run = scenario.Call(0, SimScenario.Coinbase).Run();

        Assert.Equal(new SimOutcome.StateMissing(new StateGap.OfAccount(BlockHashes)), run.Result.Outcome);
    }

    private static SimScenario Scenario(BlockStart start, Hash256? root)
    {
        var scenario = new SimScenario { Block = new SimScenario().Block with { Start = start, ParentBeaconRoot = root } };
        Put(scenario, BlockHashes, "3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500");
        Put(scenario, BeaconRoots, "3373fffffffffffffffffffffffffffffffffffffffe14604d57602036146024575f5ffd5b5f35801560495762001fff810690815414603c575f5ffd5b62001fff01545f5260205ff35b5f5ffd5b62001fff42064281555f359062001fff015500");
        return scenario;
    }

    /// <summary>Deploys a system contract with all its slots set to zero.</summary>
    private static void Put(SimScenario scenario, in Address address, string code)
    {
        var contract = ContractCode.Of(Convert.FromHexString(code));
        scenario.State.Add(address, new AccountRecord(default, 1, contract.Hash, HasStorage: false));
        scenario.State.Add(contract);
        for (ulong slot = 0; slot < 2 * 8_191; slot++)
        {
            scenario.State.Add(address, slot, default);
        }
    }
}
