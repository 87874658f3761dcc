using System.Diagnostics.CodeAnalysis;
using Mempulse.Folding;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Folding;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Primitives;
using Mempulse.Testing.SimulatedDisk;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Tests.Folding;

/// <summary>The folds of a silo start after its logs and are suspended before them, each whatever becomes of the others.</summary>
[SuppressMessage("Reliability", "CA2012:Use ValueTasks correctly", Justification = "The doubles hold the value tasks that they answer with, each read once.")]
public sealed class FoldStarterTests
{
    private static readonly ChainId[] s_chains = [new(1), new(10), new(20)];

    private readonly List<string> _calls = [];

    [Fact]
    public async Task Folds_start_once_grains_can_be_reached_and_are_suspended_before_the_logs_close()
    {
        var stages = Stages(_ => ValueTask.CompletedTask);
        Assert.True(Assert.Single(stages.All).Stage > ServiceLifecycleStage.Active);

        await stages.StartAsync();
        await stages.StopAsync();

        Assert.Equal(["Start 1", "Start 10", "Start 20", "Suspend 1", "Suspend 10", "Suspend 20"], _calls);
    }

    [Fact]
    public async Task A_fold_that_cannot_be_suspended_does_not_cost_the_others_their_checkpoints()
    {
        var last = new TaskCompletionSource();
        var stages = Stages(chain => chain.Value == 1 ? ValueTask.FromException(new TimeoutException("It does not answer.")) : chain.Value == 10 ? ValueTask.FromException(new TimeoutException("Nor this one.")) : new ValueTask(last.Task));
        await stages.StartAsync();

        var stopping = stages.StopAsync();
        Assert.Equal(3, _calls.Count(call => call.StartsWith("Suspend", StringComparison.Ordinal)));
        Assert.False(stopping.IsCompleted);
        last.SetResult();

        await Assert.ThrowsAsync<TimeoutException>(() => stopping);
    }

    [Fact]
    public void Checkpoints_are_beside_the_log_of_their_chain()
    {
        var disk = new SimulatedFileSystem(seed: 2);
        var options = Options.Create(new LogHostOptions { Directory = "/data", Files = disk });
        var checkpoints = new CheckpointDirectory(options, FoldComposition.Default, new RulesStores(options));

        checkpoints.Of(new ChainId(10)).Begin(new GlobalSeq(4), new Epoch(1)).Dispose();
        using (var writer = checkpoints.Of(new ChainId(10)).Begin(new GlobalSeq(5), new Epoch(1)))
        {
            writer.Complete(Mempulse.Folding.Checkpoints.CheckpointStore.MarkOf(new GlobalSeq(5), new Epoch(1), default, "rules"));
        }

        Assert.Contains(disk.List("/data/10/checkpoints"), name => name.EndsWith(".snap", StringComparison.Ordinal));
        Assert.Equal(new ChainId(10), checkpoints.Of(new ChainId(10)).Create().Chain);
    }

    private SiloStages Stages(Func<ChainId, ValueTask> suspend)
    {
        var grains = s_chains.ToDictionary(chain => $"{nameof(IMempoolGrain)} {chain}", chain => (object)ScriptedGrain.Of<IMempoolGrain>((method, _) =>
        {
            _calls.Add($"{method} {chain}");
            return method == nameof(IMempoolGrain.Suspend) ? suspend(chain) : ValueTask.CompletedTask;
        }));
        return new SiloStages(new FoldStarter(Options.Create(new LogHostOptions { Chains = s_chains }), ScriptedGrain.Factory<IGrainFactory>(grains)));
    }
}
