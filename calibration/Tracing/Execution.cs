using NeuroHal.Calibration.Machine;
using NeuroHal.Calibration.Toolchain;

namespace NeuroHal.Calibration.Tracing;

/// <summary>What was executed in one case: executions and classes, by place in the program.</summary>
internal sealed class Execution
{
    private readonly ProgramCode _code;
    private readonly long[] _executions;
    private readonly long[] _counts;

    public Execution(ProgramCode code)
    {
        _code = code;
        _executions = new long[code.Places];
        _counts = new long[code.Places * Histogram.Classes.Count];
    }

    /// <summary>All instructions of the program that were executed.</summary>
    public long Instructions => _executions.Sum();

    /// <summary>The counts of all functions but the stand-in of the exponential accelerator.</summary>
    public Histogram Total
    {
        get
        {
            var total = new Histogram();
            foreach (Symbol function in Functions.Where(f => f.Address != _code.Exponential))
            {
                total.Add(Of(function));
            }
            return total;
        }
    }

    /// <summary>What the stand-in of the exponential accelerator took.</summary>
    public Histogram Exponential => _code.Firmware.Find("exponential") is { } function ? Of(function) : new Histogram();

    /// <summary>The functions that were executed, by address.</summary>
    public IEnumerable<Symbol> Functions => _code.Firmware.Functions.Where(f => _code.Contains(f.Address) && Places(f).Any(p => _executions[p] > 0));

    public ProgramCode Code => _code;

    public long ExecutionsAt(int place) => _executions[place];

    public ReadOnlySpan<long> CountsAt(int place) => Counts(place);

    public Histogram Of(Symbol function)
    {
        var sum = new Histogram();
        foreach (int place in Places(function))
        {
            sum.Add(Counts(place));
        }
        return sum;
    }

    /// <summary>The counts by the object file that the code is from, without the stand-in of the exponential accelerator.</summary>
    public IReadOnlyDictionary<string, Histogram> ByFile()
    {
        var files = new Dictionary<string, Histogram>();
        foreach (Symbol function in Functions.Where(f => f.Address != _code.Exponential))
        {
            string file = _code.Firmware.Sections.Last(s => s.Address <= function.Address).File;
            files.TryAdd(file, new Histogram());
            files[file].Add(Of(function));
        }
        return files;
    }

    public IEnumerable<int> Places(Symbol function) =>
        Enumerable.Range(_code.PlaceOf(function.Address), (int)function.Size / 2);

    /// <summary>Counts an execution.</summary>
    /// <returns>Where its classes are counted.</returns>
    public Span<long> Execute(int place)
    {
        _executions[place]++;
        return Counts(place);
    }

    private Span<long> Counts(int place) => _counts.AsSpan(place * Histogram.Classes.Count, Histogram.Classes.Count);
}
