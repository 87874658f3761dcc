using Mempulse.Testing.SimulatedDisk;

namespace Mempulse.Replay.Tests.PlainRules;

/// <summary>A few histories that are the same in every run, against the models: a fault that they show is shown every time, and within a second.</summary>
public sealed class FixedHistoryTests
{
    [Fact]
    public void The_fold_agrees_with_the_model() => AssertAll(20, 150, static steps => ModelRun.Of(ModelHistory.Of(steps)));

    [Fact]
    public void Observations_agree_with_the_model() => AssertAll(4, 80, ObservationModelTests.AssertAgrees);

    private static void AssertAll(int histories, int steps, Action<uint[]> agrees)
    {
        for (ulong seed = 1; seed <= (ulong)histories; seed++)
        {
            var random = new SeededRandom(seed);
            agrees([.. Enumerable.Range(0, steps).Select(_ => (uint)random.Below(int.MaxValue))]);
        }
    }
}
