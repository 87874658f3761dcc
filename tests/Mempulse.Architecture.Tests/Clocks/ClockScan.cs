using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Mempulse.Architecture.Tests.Clocks;

/// <summary>Finds waits and timers that do not take a <see cref="TimeProvider"/>: a test cannot move their clock.</summary>
internal static class ClockScan
{
    /// <summary>How many instructions before a call its first argument may be loaded.</summary>
    private const int MaxArgumentInstructions = 8;

    private static readonly HashSet<string> Waits =
    [
        "System.Threading.Tasks.Task::Delay", "System.Threading.Tasks.Task::WaitAsync", "System.Threading.Tasks.Task`1::WaitAsync",
        "System.Threading.PeriodicTimer::.ctor", "System.Threading.Timer::.ctor", "System.Threading.CancellationTokenSource::.ctor",
        "System.Diagnostics.Stopwatch::StartNew", "System.Diagnostics.Stopwatch::GetTimestamp",
    ];

    private static readonly HashSet<string> Times = ["System.TimeSpan", "System.Int32", "System.Int64", "System.UInt32"];

    /// <summary>Findings in a type and the types nested in it.</summary>
    public static IEnumerable<string> Scan(TypeDefinition type) => type.NestedTypes.SelectMany(Scan).Concat(
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.Operand is MethodReference called && IsOnSystemClock(called) && !IsEndless(instruction)
        select $"{method.FullName} calls {((MethodReference)instruction.Operand).FullName}: pass a TimeProvider.");

    private static bool IsOnSystemClock(MethodReference called) =>
        Waits.Contains($"{called.DeclaringType.GetElementType().FullName}::{called.Name}")
        && called.Parameters.All(parameter => parameter.ParameterType.FullName != "System.TimeProvider")
        && (called.DeclaringType.Name == "Stopwatch" || called.Parameters.Any(parameter => Times.Contains(parameter.ParameterType.FullName)));

    /// <summary>True for a wait that only a cancellation ends, <see cref="Timeout.Infinite"/>: it needs no clock.</summary>
    private static bool IsEndless(Instruction call)
    {
        var instruction = call.Previous;
        for (int i = 0; i < MaxArgumentInstructions && instruction is not null; i++, instruction = instruction.Previous)
        {
            if (instruction.OpCode.Code == Code.Ldc_I4_M1)
            {
                return true;
            }
        }

        return false;
    }
}
