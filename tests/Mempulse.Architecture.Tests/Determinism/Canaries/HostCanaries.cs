namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.Host)]
internal sealed class OpensActivity
{
    internal System.Diagnostics.Activity? Get() => System.Diagnostics.Activity.Current;
}

[CaughtAs(Determinism.Rule.Host)]
internal sealed class Asserts
{
    internal void Check(bool holds) => System.Diagnostics.Trace.Assert(holds);
}
