package ftm_test
import ("testing";"os";"entente/loader/format";"entente/loader/ftm";"fmt";"runtime/debug")
func TestZZ(t *testing.T){
 debug.SetMemoryLimit(1<<40)
 n:=0
 s:=&format.Summary{}
 out:=format.NewOut("b",s,func(r format.Result)bool{n++;if r.Problem!=nil{t.Error(r.Problem)};return true})
 err:=ftm.Format.Read(format.Input{Name:"b",Reader:os.Stdin},out)
 fmt.Println(n,s.Rows,err)
 b,_:=os.ReadFile("/proc/self/status"); fmt.Println(string(b))
}
