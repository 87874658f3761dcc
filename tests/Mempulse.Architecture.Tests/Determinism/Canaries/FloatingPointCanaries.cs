namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.FloatingPoint)]
internal sealed class FloatLocal
{
    internal long Half(long value) { double half = value / 2.0; return (long)half; }
}

[CaughtAs(Determinism.Rule.FloatingPoint)]
internal sealed class FloatArithmetic
{
    internal long Scale(long value) => (long)(value * 1.5f);
}

[CaughtAs(Determinism.Rule.FloatingPoint)]
internal sealed class FloatField
{
    internal float Rate { get; init; } = 1;
}

[CaughtAs(Determinism.Rule.FloatingPoint)]
internal sealed class FloatArray
{
    internal int Length(double[] values) => values.Length;
}

[CaughtAs(Determinism.Rule.FloatingPoint)]
internal sealed class FloatThroughMath
{
    internal int Root(int value) => (int)Math.Sqrt(value);
}
