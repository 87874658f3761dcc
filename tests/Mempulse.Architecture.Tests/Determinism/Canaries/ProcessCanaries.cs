namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.Process)]
internal sealed class ReadsEnvironment
{
    internal string? Get() => Environment.GetEnvironmentVariable("HOME");
}

[CaughtAs(Determinism.Rule.Process)]
internal sealed class CountsProcessors
{
    internal int Get() => Environment.ProcessorCount;
}

[CaughtAs(Determinism.Rule.Process)]
internal sealed class AsksCollector
{
    internal long Get() => GC.GetTotalMemory(false);
}

[CaughtAs(Determinism.Rule.Process)]
internal sealed class Reflects
{
    internal string? Get() => System.Reflection.Assembly.GetExecutingAssembly().FullName;
}
