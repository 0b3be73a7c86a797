// Renders a Helm chart with what Helm itself renders with: Go's text/template, the functions of Sprig, and Helm's own include, toYaml and
// required. For tests, where Helm cannot be installed; dependencies, hooks and look-ups in a cluster are Helm's alone.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run render-chart.go CHART RELEASE VALUES...
//
// VALUES are files over the chart's own, the last one first. Prints one YAML stream; a value that is missing is an error.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"github.com/ghodss/yaml"
)

func read(path string) map[string]interface{} {
	text, err := os.ReadFile(path)
	end(err)
	values := map[string]interface{}{}
	end(yaml.Unmarshal(text, &values))
	return values
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func merge(below, above map[string]interface{}) map[string]interface{} {
	for key, value := range above {
		inside, isMap := value.(map[string]interface{})
		if under, both := below[key].(map[string]interface{}); isMap && both {
			below[key] = merge(under, inside)
		} else {
			below[key] = value
		}
	}
	return below
}

func main() {
	folder, release := os.Args[1], os.Args[2]
	values := read(filepath.Join(folder, "values.yaml"))
	for _, path := range os.Args[3:] {
		values = merge(values, read(path))
	}
	chart := map[string]interface{}{}
	for key, value := range read(filepath.Join(folder, "Chart.yaml")) {
		chart[strings.ToUpper(key[:1])+key[1:]] = value
	}
	scope := map[string]interface{}{
		"Values": values, "Chart": chart, "Release": map[string]interface{}{"Name": release, "Namespace": "default", "Service": "Helm"},
	}

	all := template.New("chart").Option("missingkey=error")
	functions := sprig.TxtFuncMap()
	delete(functions, "env")
	delete(functions, "expandenv")
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := all.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	functions["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return value, fmt.Errorf("%s", message)
		}
		return value, nil
	}
	all.Funcs(functions)
	paths, err := filepath.Glob(filepath.Join(folder, "templates", "*"))
	end(err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		end(err)
		_, err = all.New(filepath.Base(path)).Parse(string(text))
		end(err)
	}
	for _, path := range paths {
		if name := filepath.Base(path); !strings.HasPrefix(name, "_") {
			fmt.Println("---")
			end(all.ExecuteTemplate(os.Stdout, name, scope))
		}
	}
}
