using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mempulse.Architecture.Tests.Verification;

/// <summary>Which methods of an assembly call a method, read from IL.</summary>
internal static class CallScan
{
    /// <summary>The callers of <paramref name="type"/>.<paramref name="method"/>, as type.method; a constructor is ".ctor".</summary>
    public static IEnumerable<string> CallersOf(AssemblyDefinition assembly, string type, string method) =>
        from caller in assembly.MainModule.GetTypes().SelectMany(owner => owner.Methods)
        where caller.HasBody && caller.Body.Instructions.Any(instruction => Calls(instruction, type, method))
        select $"{caller.DeclaringType.FullName}.{caller.Name}";

    private static bool Calls(Instruction instruction, string type, string method) =>
        instruction.OpCode.FlowControl == FlowControl.Call
        && instruction.Operand is MethodReference called
        && called.Name == method
        && called.DeclaringType.FullName == type;
}
