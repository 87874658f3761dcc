using System.Globalization;
using Mempulse.Testing.Clocks;

namespace Mempulse.Benchmarks.Node;

/// <summary>A fault of a running node, with its begin and end.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Volume">What it needs for the node's data.</param>
/// <param name="Lasts">How long it lasts.</param>
/// <param name="BeginAsync">Makes it; returns why it cannot be made, or null.</param>
/// <param name="EndAsync">Takes it back.</param>
internal sealed record NodeFault(
    string Name, FaultVolumeKind Volume, TimeSpan Lasts, Func<FaultWorld, Task<string?>> BeginAsync, Func<FaultWorld, Task> EndAsync)
{
    private const int Kills = 50;
    private static readonly TimeSpan _betweenKills = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _betweenJumps = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan _lasts = TimeSpan.FromSeconds(20);

    /// <summary>Whether the node's process has a wall clock of its own, which can be set.</summary>
    public bool HasOwnClock { get; init; }

    /// <summary>All faults.</summary>
    public static IReadOnlyList<NodeFault> All { get; } =
    [
        new($"kill -9 x {Kills}", FaultVolumeKind.Directory, TimeSpan.Zero, KillAsync, static _ => Task.CompletedTask),
        Made("SIGSTOP", FaultVolumeKind.Directory, world => Signal("STOP", world), world => Signal("CONT", world)),
        Made("disk full", FaultVolumeKind.Small, Fill, world => Delete(FillerOf(world))),
        Made("directory moved", FaultVolumeKind.Directory, world => Move(world.Directory, world.Directory + ".moved"), world => Move(world.Directory + ".moved", world.Directory)),
        Made("permission lost", FaultVolumeKind.Directory, world => ChangeAttribute("+i", world), world => ChangeAttribute("-i", world)),
        Made("mount lost", FaultVolumeKind.Mounted, world => world.Volume.Unmount(), world => world.Volume.Mount()),
        new("node replaced", FaultVolumeKind.Directory, _lasts, ReplaceNodeAsync, RestoreNodeAsync),
        new("clock +1 h -2 h", FaultVolumeKind.Directory, _lasts, SetClockAsync, RestoreClockAsync) { HasOwnClock = true },
    ];

    private static NodeFault Made(string name, FaultVolumeKind volume, Func<FaultWorld, bool> begin, Func<FaultWorld, bool> end) => new(
        name,
        volume,
        _lasts,
        world => Task.FromResult(begin(world) ? null : "this system or this user cannot do it"),
        world => Task.FromResult(end(world)));

    private static async Task<string?> KillAsync(FaultWorld world)
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            await world.KillAndRestartAsync().ConfigureAwait(false);
            await Task.Delay(_betweenKills).ConfigureAwait(false);
        }

        return null;
    }

    private static bool Signal(string name, FaultWorld world) =>
        FaultVolume.Run("kill", $"-{name}", world.Node.ProcessId.ToString(CultureInfo.InvariantCulture));

    private static string FillerOf(FaultWorld world) => Path.Combine(world.Directory, "filler");

    private static bool Fill(FaultWorld world)
    {
        using var filler = File.Create(FillerOf(world));
        byte[] chunk = new byte[64 << 10];
        try
        {
            while (true)
            {
                filler.Write(chunk);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            return true; // full
        }
    }

    private static bool Delete(string path)
    {
        File.Delete(path);
        return true;
    }

    private static bool Move(string from, string to)
    {
        Directory.Move(from, to);
        return true;
    }

    private static bool ChangeAttribute(string change, FaultWorld world) =>
        FaultVolume.Run("chattr", change, Directory.EnumerateDirectories(world.Directory).First(directory => Directory.EnumerateFiles(directory, "*.wal").Any()));

    private static async Task<string?> ReplaceNodeAsync(FaultWorld world)
    {
        await world.ReplaceAnvilAsync().ConfigureAwait(false);
        return null;
    }

    private static Task RestoreNodeAsync(FaultWorld world)
    {
        world.RestoreAnvil();
        return Task.CompletedTask;
    }

    private static Task<string?> SetClockAsync(FaultWorld world)
    {
        _ = JumpAsync(new ProcessClock(world.Directory)); // the second jump comes while the fault lasts
        return Task.FromResult<string?>(null);
    }

    private static async Task JumpAsync(ProcessClock clock)
    {
        clock.Set(TimeSpan.FromHours(1));
        await Task.Delay(_betweenJumps).ConfigureAwait(false);
        clock.Set(TimeSpan.FromHours(-1));
    }

    private static Task RestoreClockAsync(FaultWorld world)
    {
        new ProcessClock(world.Directory).Set(TimeSpan.Zero);
        return Task.CompletedTask;
    }
}
