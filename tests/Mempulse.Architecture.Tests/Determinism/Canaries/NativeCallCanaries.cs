namespace Mempulse.Architecture.Tests.Determinism.Canaries;

[CaughtAs(Determinism.Rule.NativeCall)]
internal sealed class CallsLibrary
{
    [System.Runtime.InteropServices.DllImport("c")] private static extern int getpid(); internal int Get() => getpid();
}

[CaughtAs(Determinism.Rule.NativeCall)]
internal sealed class LoadsLibrary
{
    internal nint Get() => System.Runtime.InteropServices.NativeLibrary.Load("c");
}

[CaughtAs(Determinism.Rule.NativeCall)]
internal sealed unsafe class CallsPointer
{
    internal int Get(nint address) => ((delegate* unmanaged<int>)address)();
}
