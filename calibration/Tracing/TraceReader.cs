using System.Runtime.InteropServices;
using NeuroHal.Calibration.Machine;

namespace NeuroHal.Calibration.Tracing;

/// <summary>Reads the addresses of executed instructions and counts them, case by case.</summary>
internal sealed class TraceReader(ProgramCode code, Timing timing)
{
    private const int Chunk = 1 << 18;

    // The lowest bit of a word of the trace: the instruction of the word before accessed memory.
    private const uint Access = 1;

    private readonly List<Execution> _cases = [];
    private Execution? _case;
    private Instruction? _previous;
    private int _place = -1;
    private bool _accessed;

    /// <summary>Reads a whole trace.</summary>
    /// <param name="file">The trace.</param>
    /// <param name="marks">Functions at whose start, within a case, another execution starts.</param>
    /// <returns>One execution for each case, and one more for each mark passed, in order.</returns>
    /// <exception cref="BadDataException">A kernel executed what is neither of the program nor of the harness.</exception>
    public IReadOnlyList<Execution> Read(string file, params IEnumerable<string> marks)
    {
        HashSet<uint> starts = [.. marks.Select(m => code.Firmware[m].Address)];
        uint begin = code.Firmware["case_begin"].Address;
        uint end = code.Firmware["case_end"].Address;
        var bytes = new byte[Chunk * sizeof(uint)];
        using FileStream stream = File.OpenRead(file);
        for (int read; (read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 0;)
        {
            foreach (uint address in MemoryMarshal.Cast<byte, uint>(bytes.AsSpan(0, read)))
            {
                if (address == begin || (_case is not null && starts.Contains(address)))
                {
                    _case = new Execution(code);
                    _cases.Add(_case);
                }
                if (_case is not null)
                {
                    if ((address & Access) != 0)
                    {
                        _accessed = true;
                        continue;
                    }
                    Step(address);
                    _case = address == end ? null : _case;
                }
            }
        }
        return _cases;
    }

    /// <summary>The instruction before is counted when the next is known, which tells whether it branched.</summary>
    private void Step(uint next)
    {
        if (_place >= 0)
        {
            Count(_place, next);
        }
        _accessed = false;
        if (code.Contains(next))
        {
            _place = code.PlaceOf(next);
            return;
        }
        RequireReturn(_previous, next);
        (_place, _previous) = (-1, null);
    }

    private void Count(int place, uint next)
    {
        Instruction current = code.At(place);
        Span<long> counts = _case!.Execute(place);
        if (next == code.Exponential && current.Kind == InstructionKind.Branch)
        {
            // The call is the accelerator's use; what it executes is counted in its own function's places.
            counts[(int)OperationClass.Exponential]++;
        }
        else if (code.ReadsRandom(place))
        {
            // A register outside of SRAM: nothing pairs up with its read.
            counts[(int)OperationClass.RandomWord]++;
            _previous = null;
            return;
        }
        else if (current.Words > 0 && !_accessed)
        {
            // Its condition failed: a cycle, in which it does nothing.
            counts[(int)OperationClass.IntegerAlu]++;
            _previous = null;
            return;
        }
        else
        {
            timing.Count(_previous, current, next != current.Address + (uint)current.Size, counts);
        }
        _previous = current;
    }

    /// <summary>A kernel leaves the program by returning; by a branch to an address of its own, it calls what is not there.</summary>
    private void RequireReturn(Instruction? last, uint next)
    {
        if (last is { Kind: InstructionKind.Branch, Reads.Count: 0 })
        {
            string name = code.Firmware.FunctionAt(next)?.Name ?? "?";
            throw new BadDataException($"A kernel calls '{name}' at 0x{next:x}, which chip.ld does not have among the program, so it would not be counted.");
        }
    }
}
