namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.MutableStatic)]
internal sealed class Counts
{
    private static int s_count; internal int Next() => ++s_count;
}

[CaughtAs(Determinism.Rule.MutableStatic)]
internal sealed class CountsPerThread
{
    [ThreadStatic] private static int s_count; internal int Next() => ++s_count;
}

[CaughtAs(Determinism.Rule.MutableStatic)]
internal sealed class HasStaticProperty
{
    internal static string? Name { get; set; }
}
