namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>Names of the rules of the scan; a canary proves each one.</summary>
internal static class Rule
{
    public const string HashOrder = "hash-order";
    public const string HashValue = "hash-value";
    public const string FloatingPoint = "floating-point";
    public const string InputOutput = "io";
    public const string Clock = "clock";
    public const string Concurrency = "concurrency";
    public const string Randomness = "randomness";
    public const string Culture = "culture";
    public const string Process = "process";
    public const string Host = "host";
    public const string NativeCall = "native-call";
    public const string MutableStatic = "mutable-static";

    /// <summary>All rules.</summary>
    public static readonly string[] All =
        [HashOrder, HashValue, FloatingPoint, InputOutput, Clock, Concurrency, Randomness, Culture, Process, Host, NativeCall, MutableStatic];
}
