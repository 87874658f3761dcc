namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.Concurrency)]
internal sealed class Awaits
{
    internal async Task<int> Get(Task<int> task) => await task;
}

[CaughtAs(Determinism.Rule.Concurrency)]
internal sealed class StartsThread
{
    internal void Start() => new Thread(() => { }).Start();
}

[CaughtAs(Determinism.Rule.Concurrency)]
internal sealed class Locks
{
    private readonly Lock _gate = new(); internal int Get() { lock (_gate) { return 1; } }
}

[CaughtAs(Determinism.Rule.Concurrency)]
internal sealed class Interlocks
{
    private int _count; internal int Next() => Interlocked.Increment(ref _count);
}

[CaughtAs(Determinism.Rule.Concurrency)]
internal sealed class IsLazy
{
    private readonly Lazy<int> _value = new(() => 1);
}
